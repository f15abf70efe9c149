import type { ResumeQuery } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { type Child, startChild } from '../../../test/child.js'
import { change, clockAhead, newPath, openLedger } from '../../../test/ledger-files.js'
import { reservation, signed } from '../../../test/purchases.js'
import { describeSessionElsewhere } from '../../../test/session-elsewhere.js'

/** Signs a purchase, and lives on. */
const buysAndStays = `
  import { sqliteLedger } from '@bursar/ledger/sqlite'
  const ledger = sqliteLedger({ path: place })
  const more = name === 'child' ? {} : { name }
  await ledger.reserve({ ...reservation('signed'), ...more }, { sign: () => signed })
  say('ready')
  stay()`

async function buyer(path: string, name?: string): Promise<Child> {
  const child = startChild(buysAndStays, path, name)
  await child.says(1)
  return child
}

/** What this machine cannot look into: another container's processes. */
const ofAnotherHost = "UPDATE sessions SET machine = 'container-1'"
const query: ResumeQuery = { fingerprint: 'signed', windowMs: 600_000 }

/** Signs a purchase, and lives on, in what seems to be another container. */
async function buyerElsewhere(path: string): Promise<Child> {
  const child = await buyer(path)
  change(path, ofAnotherHost)
  return child
}

describeSessionElsewhere({ statement: 'M2', newPlace: newPath, buyerElsewhere, open: openLedger })

describe('a session of another machine', () => {
  it.each([
    ['without a name', undefined],
    ['with a name', 'inv-7']
  ])('M3: whose heartbeat lies ahead proves nothing by it, %s', async (_, name) => {
    const path = newPath()
    const child = await buyer(path, name)
    await child.kill()
    change(path, `${ofAnotherHost}, heartbeat_at = heartbeat_at + 540000`)
    const clock = clockAhead()
    const ledger = openLedger(path, clock)
    const named = { ...query, name }
    const first = await ledger.resume(named)
    expect(first).toMatchObject({ kind: 'wait' })
    const look = first.kind === 'wait' ? first.look : undefined
    clock.aheadMs = 9_000
    expect(await ledger.resume({ ...named, look })).toMatchObject({ kind: 'wait' })
    clock.aheadMs = 12_000
    expect(await ledger.resume({ ...named, look })).toMatchObject({ kind: 'resumed' })
  })

  it('M16: whose call is joined is waited for until it ends, and then resumed or reported', async () => {
    const path = newPath()
    const child = await buyerElsewhere(path)
    const clock = clockAhead()
    const ledger = openLedger(path, clock)
    const joining = { ...query, inFlight: 'join' } as const
    let answer = await ledger.resume(joining)
    const kinds = new Set<string>()
    const asked = async (): Promise<string> => {
      if (answer.kind === 'wait' || answer.kind === 'in-flight')
        answer = await ledger.resume({ ...joining, look: answer.look })
      kinds.add(answer.kind)
      return answer.kind
    }
    await expect.poll(asked, { interval: 100 }).toBe('in-flight')
    await child.kill()
    clock.aheadMs += 11_000
    await expect.poll(asked, { interval: 100 }).toBe('resumed')
    expect([...kinds].sort()).toEqual(['in-flight', 'resumed', 'wait'])
  })
})

describe('a session of this machine', () => {
  it('is gone at once when its process is', async () => {
    const path = newPath()
    const child = await buyer(path)
    const ledger = openLedger(path, clockAhead())
    expect(await ledger.resume(query)).toMatchObject({ kind: 'wait' })
    await child.kill()
    expect(await ledger.resume(query)).toMatchObject({ kind: 'resumed' })
  })

  it('is gone when another process has its number by now', async () => {
    const path = newPath()
    const child = await buyer(path)
    await child.kill()
    change(path, `UPDATE sessions SET pid = ${process.ppid}`)
    expect(await openLedger(path, clockAhead()).resume(query)).toMatchObject({ kind: 'resumed' })
  })

  it('that slept through its silence and wakes loses nothing: its payment went on, and stays as it was', async () => {
    const path = newPath()
    const [early, late] = [clockAhead(), clockAhead(60_000)]
    const [sleeper, other] = [openLedger(path, early), openLedger(path, late)]
    await sleeper.reserve(reservation('slept'), { sign: () => signed })
    expect(await other.resume({ ...query, fingerprint: 'slept' })).toMatchObject({ kind: 'resumed' })
    // Its caller keeps its answer; the call is the other's by now.
    expect(await sleeper.recordEvent('slept', { type: 'settled' })).toMatchObject({ state: 'settled' })
    await sleeper.recordEvent('slept', { type: 'failed' })
    expect(await other.find({ id: 'slept' })).toMatchObject({ state: 'settled', call: 'open' })
    expect(await other.recordEvent('slept', { type: 'answered' })).toMatchObject({ call: 'answered' })
  })
})

describe('M1, M44: a look at one purchase', () => {
  const at = (joined: string): ResumeQuery => ({
    fingerprint: '',
    windowMs: 0,
    look: { sessions: {}, newest: 0, joined }
  })

  it('shows the session of another process alone, whose killed call has failed by then', async () => {
    const path = newPath()
    const child = await buyer(path)
    const ledger = openLedger(path)
    await ledger.reserve(reservation('own'), { sign: () => signed })
    expect(Object.keys((await ledger.look(at('signed'))).look.sessions)).toHaveLength(1)
    expect((await ledger.look(at('own'))).look.sessions).toEqual({})
    expect(await ledger.find({ id: 'signed' })).toMatchObject({ call: 'open' })
    await child.kill()
    expect(await ledger.find({ id: 'signed' })).toMatchObject({ call: 'failed' })
  })
})

describe('a session whose payment another has resumed', () => {
  it('M40: signs no other in its place, discards nothing, and does not end the call', async () => {
    const path = newPath()
    const child = startChild(
      `import { sqliteLedger } from '@bursar/ledger/sqlite'
       const ledger = sqliteLedger({ path: place })
       await ledger.reserve(reservation('signed'), { sign: () => signed })
       say('ready')
       await goAhead()
       const records = [{ ...signed, type: 'reissued' }, { type: 'discarded' }, { type: 'failed' }]
       for (const event of records) await ledger.recordEvent('signed', event).catch((error) => say(error.code))
       await ledger.find({ id: 'signed' })
       say('done')
       stay()`,
      path
    )
    await child.says(1)
    // It looks as if it had ended.
    change(path, 'UPDATE sessions SET ended = 1')
    const ledger = openLedger(path)
    expect(await ledger.resume(query)).toMatchObject({ kind: 'resumed' })
    child.go()
    await child.says(3)
    expect(child.said()).toEqual(['ready', 'ledger/conflict', 'done'])
    expect(await ledger.find({ id: 'signed' })).toMatchObject({ state: 'signed', call: 'open' })
  })
})

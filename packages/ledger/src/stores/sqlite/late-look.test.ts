import type { Ledger } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { newPath, openLedger } from '../../../test/ledger-files.js'
import { buy, equal, handClock, reservation } from '../../testing/samples.js'

/** Two sessions on one file, as two processes have them. The purchase of the first is answered at a moment. */
async function answeredByAnother() {
  const path = newPath()
  const [clock, otherClock] = [handClock(), handClock()]
  const [own, other] = [openLedger(path, clock), openLedger(path, otherClock)]
  await buy(other, reservation('1', 1n), 'settled', 'answered')
  await other.close()
  const later = (ms: number): void => clock.set(otherClock.nowMs() + ms)
  return { own, later }
}

/** What a call that began so long ago resumes or shares. */
async function resumedBy(ledger: Ledger, ageMs: number) {
  const query = equal({ inFlight: 'join' })
  const { look } = await ledger.look({ ...query, ageMs })
  return ledger.resume({ ...query, look })
}

describe('M16: what another process had answered when a call began', () => {
  it('is older where the ledger was read at once, and where it was read sooner than that was ago', async () => {
    const { own, later } = await answeredByAnother()
    later(300)
    for (const ageMs of [0, 150]) expect(await resumedBy(own, ageMs)).toMatchObject({ kind: 'nothing' })
  })

  it('is joined where the look took longer than that was ago, so that it may have been written meanwhile', async () => {
    const { own, later } = await answeredByAnother()
    later(30)
    expect(await resumedBy(own, 16)).toMatchObject({ kind: 'answered', purchase: { id: '1' } })
    later(300)
    expect(await resumedBy(own, 151)).toMatchObject({ kind: 'answered', purchase: { id: '1' } })
  })

  it('is joined where it was answered since, however soon the ledger was read', async () => {
    const { own, later } = await answeredByAnother()
    later(3)
    expect(await resumedBy(own, 5)).toMatchObject({ kind: 'answered', purchase: { id: '1' } })
  })

  it('is joined where the ledger kept everybody waiting, in which it may have been open then', async () => {
    const { own, later } = await answeredByAnother()
    later(400)
    expect(await resumedBy(own, 300)).toMatchObject({ kind: 'answered', purchase: { id: '1' } })
    later(20_000)
    expect(await resumedBy(own, 300)).toMatchObject({ kind: 'nothing' })
  })

  it('is older where this process itself has answered it', async () => {
    const clock = handClock()
    const own = openLedger(newPath(), clock)
    await buy(own, reservation('1', 1n), 'settled', 'answered')
    clock.set(clock.nowMs() + 240)
    expect(await resumedBy(own, 200)).toMatchObject({ kind: 'nothing' })
    clock.set(clock.nowMs() + 160)
    expect(await resumedBy(own, 300)).toMatchObject({ kind: 'nothing' })
  })
})

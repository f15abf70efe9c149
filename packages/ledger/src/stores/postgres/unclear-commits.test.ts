import type { Ledger, Purchase } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { type CuttingProxy, startCuttingProxy } from '../../../test/cutting-proxy.js'
import { openElsewhere, openLedger, usePostgres } from '../../../test/postgres-ledgers.js'
import { reservation, signed, total, used } from '../../../test/purchases.js'

const server = usePostgres()
const query = { fingerprint: 'p', windowMs: 600_000 }
const reserving = 'INSERT INTO bursar_purchases'
const changing = 'UPDATE bursar_purchases'

/** A ledger whose connections can be cut, and another process's on the same tables. */
async function twoProcesses(): Promise<{
  readonly proxy: CuttingProxy
  readonly ours: Ledger
  readonly theirs: Ledger
}> {
  const url = await server.newSchema()
  const proxy = await startCuttingProxy(url)
  const [ours, theirs] = [openLedger(proxy.url), openElsewhere(url)]
  await ours.outstanding()
  return { proxy, ours, theirs }
}

async function historyOf(ledger: Ledger): Promise<Purchase[]> {
  const found: Purchase[] = []
  for await (const purchase of ledger.history()) found.push(purchase)
  return found
}

/** Waits until a call finds what another process has ended. */
async function resumedBy(ledger: Ledger): Promise<void> {
  const kindNow = async (): Promise<string> => (await ledger.resume(query)).kind
  await expect.poll(kindNow, { interval: 20 }).toBe('resumed')
}

describe('a commit whose answer does not come', () => {
  it('M9: of a resumption is read back: the payment is resumed, by this call and no other', async () => {
    const { proxy, ours, theirs } = await twoProcesses()
    await theirs.reserve(reservation('p'), { sign: () => signed })
    await theirs.recordEvent('p', { type: 'failed' })
    proxy.cutCommitOf(changing, 'after')
    expect(await ours.resume(query)).toMatchObject({ kind: 'resumed', purchase: { id: 'p', call: 'open' } })
    expect(proxy.cuts()).toBe(1)
    expect(await theirs.resume(query)).toMatchObject({ kind: 'wait' })
    await ours.recordEvent('p', { type: 'failed' })
    expect(await theirs.resume(query)).toMatchObject({ kind: 'resumed' })
  })

  it('M9: and cannot be read back in time is undone, and its error says what is known of the money', async () => {
    const { proxy, ours, theirs } = await twoProcesses()
    await theirs.reserve(reservation('p'), { sign: () => signed })
    await theirs.recordEvent('p', { type: 'settled' })
    await theirs.recordEvent('p', { type: 'failed' })
    await ours.outstanding()
    proxy.cutCommitOf(changing, 'after')
    const resuming = ours.resume(query).catch((error: unknown) => error)
    await expect.poll(() => proxy.cuts(), { interval: 1 }).toBe(1)
    proxy.refuse()
    const resumed = await resuming
    // It may have been read back before the database was gone.
    if (resumed instanceof Error) {
      expect(resumed).toMatchObject({
        code: 'ledger/unavailable',
        moneyState: 'settled',
        message: expect.stringMatching(/\. \S+ was paid for before, and nothing was sent again\.$/)
      })
      proxy.accept()
    } else {
      proxy.accept()
      await ours.recordEvent('p', { type: 'failed' })
    }
    await resumedBy(theirs)
  })

  it('M10: of a reservation is read back: it is made, once', async () => {
    const { proxy, ours } = await twoProcesses()
    proxy.cutCommitOf(reserving, 'after')
    expect(await ours.reserve(reservation('p', [total(7n)]))).toMatchObject({ id: 'p', state: 'reserved' })
    expect(proxy.cuts()).toBe(1)
    expect(await historyOf(ours)).toHaveLength(1)
    expect(await used(ours)).toBe(7n)
    expect((await ours.status()).unwritten).toBe(0)
  })

  it.each(['payment', 'account'] as const)(
    'M10: of a reservation for a %s that cannot be read back in time is released',
    async (kind) => {
      const { proxy, ours, theirs } = await twoProcesses()
      const { payer, offer, ...call } = { ...reservation('p', [total(7n)]), name: 'inv-1' }
      const wanted =
        kind === 'payment'
          ? { ...call, payer, offer, kind }
          : { ...call, kind, offer: { ...offer, dialect: 'account', network: 'account:usd' } as const }
      proxy.cutCommitOf(reserving, 'after')
      const reserved = ours.reserve(wanted).catch((error: unknown) => error)
      await expect.poll(() => proxy.cuts(), { interval: 1 }).toBe(1)
      proxy.refuse()
      const outcome = await reserved
      proxy.accept()
      if (outcome instanceof Error)
        expect(outcome).toMatchObject({ code: 'ledger/unavailable', moneyState: 'none' })
      else await ours.recordEvent('p', { type: 'released' })
      await expect.poll(() => used(theirs), { interval: 20 }).toBe(0n)
      const again = { ...reservation('q', [total(7n)]), name: 'inv-1' }
      expect(await theirs.reserve(again)).toMatchObject({ id: 'q' })
    }
  )

  it('M10: of what was only signed is reported with what was signed then', async () => {
    const { proxy, ours, theirs } = await twoProcesses()
    let signatures = 0
    const sign = () => {
      signatures++
      return signed
    }
    proxy.cutCommitOf(reserving, 'after')
    expect(await ours.reserve(reservation('p'), { sign })).toMatchObject({ state: 'signed' })
    expect(signatures).toBe(1)
    expect(await theirs.find({ id: 'p' })).toMatchObject({ state: 'signed' })
  })
})

describe('a commit that did not come to the database', () => {
  it('is run anew as a whole, and what was signed the first time is not signed again', async () => {
    const { proxy, ours } = await twoProcesses()
    let signatures = 0
    const sign = () => {
      signatures++
      return signed
    }
    proxy.cutCommitOf(reserving, 'before')
    expect(await ours.reserve(reservation('p', [total(7n)]), { sign })).toMatchObject({ state: 'signed' })
    expect([proxy.cuts(), signatures]).toEqual([1, 1])
    expect(await historyOf(ours)).toHaveLength(1)
    expect(await used(ours)).toBe(7n)
  })

  it('leaves an end to be written, which is written by itself', async () => {
    const { proxy, ours, theirs } = await twoProcesses()
    await ours.reserve(reservation('p'), { sign: () => signed })
    proxy.cutCommitOf(changing, 'before')
    await ours.recordEvent('p', { type: 'failed' })
    expect(proxy.cuts()).toBe(1)
    expect(await theirs.resume(query)).toMatchObject({ kind: 'resumed' })
  })
})

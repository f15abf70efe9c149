import type { Ledger, Purchase, SignedEvent } from '@bursar/core'
import { expect, it } from 'vitest'
import { startCuttingProxy } from '../../../test/cutting-proxy.js'
import { openElsewhere, usePostgres } from '../../../test/postgres-ledgers.js'
import { reservation, signed, total, used } from '../../../test/purchases.js'

const server = usePostgres()
const PURCHASES = 120
const budget = total(7n * 100n)

/** What was reported to callers, by purchase. */
class Reported {
  readonly ends = new Map<string, string>()
  readonly signatures = new Map<string, number>()

  sign(id: string): SignedEvent {
    this.signatures.set(id, (this.signatures.get(id) ?? 0) + 1)
    return signed
  }
}

/** Buys, and has its call answered, or lost. */
async function buy(ledger: Ledger, id: string, reported: Reported): Promise<void> {
  try {
    await ledger.reserve(reservation(id, [budget]), { sign: () => reported.sign(id) })
  } catch {
    if (reported.signatures.has(id)) await ledger.recordEvent(id, { type: 'failed' }).catch(() => {})
    return
  }
  const isAnswered = Math.random() < 0.7
  reported.ends.set(id, isAnswered ? 'settled answered' : 'sent failed')
  const events = isAnswered ? (['sent', 'settled', 'answered'] as const) : (['sent', 'failed'] as const)
  // What cannot be written now is written later.
  for (const type of events) await ledger.recordEvent(id, { type }).catch(() => {})
}

async function byId(ledger: Ledger): Promise<Map<string, Purchase>> {
  const found = new Map<string, Purchase>()
  for await (const purchase of ledger.history()) found.set(purchase.id, purchase)
  return found
}

it('what was reported to callers is in the ledger, once, however many connections are cut at their commits', async () => {
  const proxy = await startCuttingProxy(await server.newSchema())
  const machines = [1, 2, 3].map(() => openElsewhere(proxy.url))
  await Promise.all(machines.map((ledger) => ledger.outstanding()))
  const reported = new Reported()
  proxy.cutCommits(() => (Math.random() < 0.2 ? (Math.random() < 0.5 ? 'before' : 'after') : undefined))
  let made = 0
  const work = async (ledger: Ledger): Promise<void> => {
    while (made < PURCHASES) await buy(ledger, `p${made++}`, reported)
  }
  await Promise.all(machines.flatMap((ledger) => [work(ledger), work(ledger), work(ledger)]))
  proxy.cutCommits(undefined)
  const [one = openElsewhere(proxy.url)] = machines
  const unwritten = async (): Promise<number> => {
    const all = await Promise.all(machines.map((ledger) => ledger.status()))
    return all.reduce((sum, status) => sum + status.unwritten, 0)
  }
  await expect.poll(unwritten, { interval: 20 }).toBe(0)
  const kept = await byId(one)
  const endOf = (id: string): string => `${kept.get(id)?.state} ${kept.get(id)?.call}`
  expect(Object.fromEntries([...reported.ends.keys()].map((id) => [id, endOf(id)]))).toEqual(
    Object.fromEntries(reported.ends)
  )
  expect([...kept.values()].filter(({ call }) => call === 'open')).toEqual([])
  expect([...reported.signatures.values()].filter((count) => count > 1)).toEqual([])
  const costly = [...kept.values()].filter(({ state }) => state !== 'released').length
  expect(await used(one)).toBe(BigInt(costly) * 7n)
  expect(costly).toBeLessThanOrEqual(100)
  expect(proxy.cuts()).toBeGreaterThan(0)
})

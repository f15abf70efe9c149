import type { FaultOptions } from '@bursar/gateway'
import { describe, expect, it } from 'vitest'
import { useStack } from '../stack.js'
import { type OpenPath, type PaidPath, paidPaths } from './billing-paths.js'
import { sdkClients } from './sdk-clients.js'

const stack = useStack()
const TEXT = 'Reply with exactly: once and no more'
const REPLY = 'once and no more'

/** Where text is sold. What tops a balance up, and what lists prices, is left alone. */
const onText: FaultOptions = { leg: 'any', match: ({ path }) => /(?:completions|messages)$/.test(path) }

/** Faults of what was paid for come behind the 402 that asks for it. */
const afterPaying = ({ isResumable }: PaidPath): FaultOptions =>
  isResumable ? { ...onText, leg: 'paid' } : onText

/** One charge, by those who were paid; and in the record, one purchase that is neither open nor unclear. */
async function expectOneCharge(path: PaidPath, { charges, record }: OpenPath, isAnswered = true) {
  const { payments, debits, billed } = await charges()
  // A balance that was tried and held nothing is in the record, released.
  const purchases = (await record()).filter(({ state }) => state !== 'released')
  if (path.name.includes('balance')) {
    // The payment is the top-up; the call is a purchase of its own in the record.
    expect({ payments, debits }).toEqual({ payments: 1, debits: 1 })
    expect(purchases.map(({ kind, state, call }) => [kind, state, call])).toEqual([
      ['balance', 'settled', 'answered'],
      ['payment', 'settled', 'answered']
    ])
    return
  }
  expect(purchases.map(({ state, call }) => [state, call])).toEqual([['settled', 'answered']])
  expect(payments).toBe(path.isResumable ? 1 : 0)
  if (path.isResumable) return
  const cost = purchases[0]?.offer.cost ?? 0n
  expect(billed).toBeGreaterThan(0n)
  // What is known of a lost answer is the most that it can have cost.
  if (isAnswered) expect(cost).toBe(billed)
  else expect(cost).toBeGreaterThanOrEqual(billed)
}

describe.each(paidPaths.map((path) => [path.name, path] as const))('%s', (_, path) => {
  const clients = sdkClients
    .filter(({ api }) => path.apis.includes(api))
    .map((client) => [client.name, client] as const)

  it.each(clients)('%s is answered, and pays once', async (_, client) => {
    const open = await path.open(stack)
    expect(await client.ask(open.place, TEXT)).toBe(REPLY)
    await expectOneCharge(path, open)
  })

  it.each(clients)('M18: %s, whose answers are lost twice, pays once', async (_, client) => {
    const open = await path.open(stack)
    open.gateway.faults.next('answer-lost-after-settling', { ...afterPaying(path), times: 2 })
    const ask = () => client.ask(open.place, TEXT)
    if (path.isResumable) {
      // An SDK that does not ask again by itself is asked again by its caller.
      expect(await ask().catch(ask).catch(ask)).toBe(REPLY)
      await expectOneCharge(path, open)
      return
    }
    await expect(ask()).rejects.toThrow()
    await expectOneCharge(path, open, false)
  })

  it.each(clients)('M18: %s, whose patience ends before the answer comes, pays once', async (_, client) => {
    const open = await path.open(stack)
    const slow = { ...afterPaying(path), when: 'settled', delayMs: 1500 } as const
    open.gateway.faults.next('slow', slow)
    // A machine may be too busy for any of the SDK's tries: then its caller asks again, with patience.
    const reply = await client.ask(open.place, TEXT, 700).catch(() => client.ask(open.place, TEXT))
    expect(reply).toBe(REPLY)
    await expectOneCharge(path, open)
  })
})

import { type HistoryQuery, type Ledger, type Purchase, systemClock } from '@bursar/core'
import { expect, it } from 'vitest'
import { hasUnansweredText } from './unanswered-text.js'

const MINUTE_MS = 60_000
const NOW = 600 * MINUTE_MS
const RESUMABLE_MS = 15 * MINUTE_MS
const origin = 'https://kat.imgnai.com'

interface Text {
  readonly origin?: string
  readonly state: 'sent' | 'settled'
  readonly reservedAtMs: number
  readonly endedAtMs: number
}

/** Whether a text is owed that was paid directly and has no answer. @param becomes what the chain says of it. */
async function isOwed(text: Text, becomes: Purchase['state'] = text.state): Promise<boolean> {
  const facts = { kind: 'payment', call: 'failed', origin, path: '/v1/chat/completions', ...text }
  const purchase = facts as Purchase
  const ledger: Pick<Ledger, 'history' | 'outstanding' | 'undelivered' | 'status'> = {
    async *history({ fromMs = 0 }: HistoryQuery = {}) {
      if (text.reservedAtMs >= fromMs) yield purchase
    },
    status: async () => ({ unwritten: 0, nowMs: NOW }),
    outstanding: async () => (text.state === 'sent' ? [purchase] : []),
    undelivered: async () => (text.state === 'settled' ? [purchase] : [])
  }
  const resolve = async (): Promise<Purchase> => ({ ...purchase, state: becomes }) as Purchase
  // The ledger's clock decides, and not that of a machine that is ahead of it.
  const clock = { ...systemClock, nowMs: () => NOW + 10 * MINUTE_MS }
  return hasUnansweredText({ ledger: ledger as Ledger, clock, resumableMs: RESUMABLE_MS, resolve }, origin)
}

/** Reserved and ended so many minutes ago. */
const ago = (reserved: number, ended: number) => ({
  reservedAtMs: NOW - reserved * MINUTE_MS,
  endedAtMs: NOW - ended * MINUTE_MS
})

it('M18: a text is owed as long as this bursar would resume its payment, and no longer', async () => {
  expect(await isOwed({ state: 'settled', ...ago(14, 14) })).toBe(true)
  expect(await isOwed({ state: 'settled', ...ago(30, 30) })).toBe(false)
})

it('a text of another service is not owed here', async () => {
  for (const state of ['sent', 'settled'] as const)
    expect(await isOwed({ state, origin: 'https://other.example', ...ago(31, 1) })).toBe(false)
})

it('M18: a text whose answer broke off after half an hour is owed from then on', async () => {
  expect(await isOwed({ state: 'settled', ...ago(31, 1) })).toBe(true)
  expect(await isOwed({ state: 'sent', ...ago(31, 1) })).toBe(true)
})

it.each([
  ['sent', true],
  ['settled', false],
  ['dead', false]
] as const)(
  'M18: a text of an hour ago that was unresolved, and now is %s, is owed: %s',
  async (becomes, owed) => {
    expect(await isOwed({ state: 'sent', ...ago(60, 60) }, becomes)).toBe(owed)
  }
)

import { type HistoryQuery, type Ledger, type Purchase, systemClock } from '@bursar/core'
import { expect, it } from 'vitest'
import { hasUnansweredText } from './unanswered-text.js'

const HOUR_MS = 3_600_000

/** A ledger with one text that was paid directly and has no answer. */
function ledgerWith(reservedAtMs: number): Ledger {
  const text = { kind: 'payment', call: 'failed', state: 'settled', path: '/v1/chat/completions' }
  const ledger: Pick<Ledger, 'history'> = {
    async *history({ fromMs = 0 }: HistoryQuery = {}) {
      if (reservedAtMs >= fromMs) yield text as Purchase
    }
  }
  return ledger as Ledger
}

it('M18: a text is owed as long as this bursar would resume its payment, and no longer', async () => {
  const clock = { ...systemClock, nowMs: () => 10 * HOUR_MS }
  const ledger = ledgerWith(9.5 * HOUR_MS)
  const owed = (resumableMs: number) =>
    hasUnansweredText({ ledger, clock, resumableMs }, 'https://kat.imgnai.com')
  expect([await owed(HOUR_MS), await owed(900_000)]).toEqual([true, false])
})

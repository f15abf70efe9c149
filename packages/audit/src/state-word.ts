import type { Purchase, PurchaseState } from '@bursar/core'

/** The one word for where a purchase stands, wherever people read it: its state, or that it was paid and not answered. */
export function stateWord({ state, call }: Purchase): PurchaseState | 'undelivered' {
  return call === 'failed' && state === 'settled' ? 'undelivered' : state
}

import type { PurchaseEventType, PurchaseState } from '@bursar/core'

/** What ends a call, and moves no money. */
export type CallEvent = 'answered' | 'failed' | 'withdrawn'

/** A change of a purchase's state by an event. */
export interface Transition {
  readonly kind: 'payment' | 'account' | 'balance'
  readonly from: PurchaseState
  readonly event: Exclude<PurchaseEventType, CallEvent>
  readonly to: PurchaseState
}

/** What happens to a call that an account or a balance is charged for. */
function billedAs(kind: 'account' | 'balance'): readonly Transition[] {
  return [
    { kind, from: 'sent', event: 'settled', to: 'settled' },
    { kind, from: 'settled', event: 'settled', to: 'settled' },
    { kind, from: 'settled', event: 'corrected', to: 'settled' },
    { kind, from: 'sent', event: 'released', to: 'released' },
    { kind, from: 'released', event: 'released', to: 'released' }
  ]
}

/**
 * Every transition of the money; any other is `ledger/conflict`. An event that arrives twice changes nothing.
 * `answered` and `failed` end the call, once, in every state, and move no money. So does `withdrawn`, while a payment is open and can
 * still settle.
 */
export const transitions: readonly Transition[] = [
  { kind: 'payment', from: 'reserved', event: 'signed', to: 'signed' },
  { kind: 'payment', from: 'reserved', event: 'released', to: 'released' },
  { kind: 'payment', from: 'released', event: 'released', to: 'released' },
  { kind: 'payment', from: 'reserved', event: 'discarded', to: 'released' },
  { kind: 'payment', from: 'signed', event: 'discarded', to: 'released' },
  { kind: 'payment', from: 'sent', event: 'discarded', to: 'released' },
  { kind: 'payment', from: 'released', event: 'discarded', to: 'released' },
  { kind: 'payment', from: 'signed', event: 'sent', to: 'sent' },
  { kind: 'payment', from: 'sent', event: 'sent', to: 'sent' },
  { kind: 'payment', from: 'signed', event: 'reissued', to: 'signed' },
  { kind: 'payment', from: 'sent', event: 'reissued', to: 'signed' },
  { kind: 'payment', from: 'signed', event: 'settled', to: 'settled' },
  { kind: 'payment', from: 'sent', event: 'settled', to: 'settled' },
  { kind: 'payment', from: 'settled', event: 'settled', to: 'settled' },
  { kind: 'payment', from: 'signed', event: 'dead', to: 'dead' },
  { kind: 'payment', from: 'sent', event: 'dead', to: 'dead' },
  { kind: 'payment', from: 'dead', event: 'dead', to: 'dead' },
  ...billedAs('account'),
  ...billedAs('balance')
]

import { checkFunction, type ErrorCode, type MoneyState, type NetworkId, notify, oneOf } from '@bursar/core'

const eventTypes = [
  'unpaid',
  'challenged',
  'signed-in',
  'sign-in-refused',
  'reserved',
  'signed',
  'sent',
  'resent',
  'resumed',
  'settled',
  'dead',
  'refused',
  'failed',
  'lost',
  'delivered',
  'answered',
  'error',
  'ledger-failed',
  'balance-low'
] as const

/** What happens in a call, in the order in which it can. */
export type BursarEventType = (typeof eventTypes)[number]

/** One step of a call, or a balance that fell. Holds no signature, header or body. */
export interface BursarEvent {
  readonly type: BursarEventType
  /** Unix milliseconds. */
  readonly atMs: number
  /** Numbers the paid calls of this process. Of `challenged`, `reserved`, `resumed`, `delivered` and `error`. */
  readonly call?: number | undefined
  /** When the request was sent without payment (`challenged`). Unix milliseconds. Absent: another carrier brought the price, or it was remembered. */
  readonly beganAtMs?: number | undefined
  /** The host that is paid. Of `balance-low`: the service that keeps the balance; absent: it is the wallet's. */
  readonly host?: string
  /** The host that the caller requested, when a redirect led from it to `host`. */
  readonly requestedHost?: string
  /** The ledger's id of the purchase. Absent before the reservation. */
  readonly purchase?: string
  readonly network?: NetworkId
  /** Decimal, in the asset's own unit. Of `balance-low`: what is left. */
  readonly amount?: string
  /** Of the asset, such as `USDC`. */
  readonly symbol?: string
  readonly transaction?: string | undefined
  /** The address whose balance is low (`balance-low`). */
  readonly account?: string
  /** What the balance fell below: decimal USDC (`balance-low`). */
  readonly below?: string
  /** HTTP status. */
  readonly status?: number | undefined
  /** Why a 402 was not paid and goes back as it came (`unpaid`), or why a sign-in was not made (`sign-in-refused`). */
  readonly reason?: string | undefined
  /** Of the error that the call ends with (`error`). Absent: it is none of Bursar's, such as that the caller gave up. */
  readonly code?: ErrorCode | undefined
  /** What became of the money (`error`). */
  readonly moneyState?: MoneyState | undefined
}

/** Receives events. An error that it throws, or rejects with, becomes a warning: it never reaches a call or the process. */
export type BursarListener = (event: BursarEvent) => unknown

/** A channel for events that may have no subscribers. */
export interface EventSink {
  readonly hasSubscribers: boolean
  publish(event: object): void
}

/** Sends events to listeners and to the platform's diagnostics. */
export interface EventHub {
  /** Makes the event only when there is a listener. */
  readonly emit: (make: () => BursarEvent) => void
  /** Whether anybody listens. */
  readonly isObserved: () => boolean
  /** Listens to one kind, or to all with `*`. Returns a function that stops it. */
  on(type: BursarEventType | '*', listener: BursarListener): () => void
}

const checkType = oneOf('*', ...eventTypes)

/** Builds the hub. `diagnostics` is the platform's channel. */
export function createEventHub(diagnostics: EventSink): EventHub {
  const listeners = new Map<BursarEventType | '*', Set<BursarListener>>()
  const isObserved = (): boolean => listeners.size > 0 || diagnostics.hasSubscribers
  return {
    isObserved,
    emit(make) {
      if (!isObserved()) return
      const event = make()
      diagnostics.publish(event)
      for (const key of [event.type, '*'] as const) {
        for (const listener of listeners.get(key) ?? [])
          void notify(listener, event, `a listener of '${event.type}' events`)
      }
    },
    on(type, listener) {
      checkType(type, 'on: the kind of event')
      checkFunction(listener, 'on: the listener')
      const set = listeners.get(type) ?? new Set()
      listeners.set(type, set.add(listener))
      return () => {
        set.delete(listener)
        if (set.size === 0) listeners.delete(type)
      }
    }
  }
}

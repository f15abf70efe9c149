import {
  type AccountReservation,
  type AtomicUsdc,
  atomicUsdc,
  type BalanceReservation,
  type Budget,
  balanceNetwork,
  type Clock,
  type Ledger,
  type PaymentReservation,
  type PurchaseEvent,
  type ReservationGuards,
  type ResumeQuery,
  type SignedEvent,
  type SignedPayment,
  systemClock
} from '@bursar/core'

export const HOUR_MS = 3_600_000

/** A budget of so many atomic USDC. */
export const total = (limit: bigint, more: Partial<Budget> = {}): Budget => ({
  name: 'total',
  limit: atomicUsdc(limit),
  ...more
})

/** How much of a budget is gone. Without one: of everything, ever. */
export async function used(ledger: Ledger, more: Partial<Budget> = {}): Promise<AtomicUsdc | undefined> {
  const [usage] = await ledger.usage([total(0n, more)])
  return usage?.used
}

/** A purchase at `a.example` that all equal calls share a fingerprint with. */
export function reservation(
  id: string,
  cost: bigint,
  guards: Partial<ReservationGuards> = {}
): PaymentReservation {
  return {
    kind: 'payment',
    id,
    fingerprint: 'f',
    method: 'POST',
    origin: 'https://a.example',
    path: '/',
    payer: '0xc',
    offer: {
      dialect: 'x402-v2',
      network: 'eip155:8453',
      asset: '0xa',
      payTo: '0xb',
      amountAtomic: cost,
      cost: atomicUsdc(cost)
    },
    guards: { budgets: [], ...guards },
    labels: {}
  }
}

/** The same at another place: `https://b.example/path`. */
export function at(place: string, to: PaymentReservation): PaymentReservation {
  const { origin, pathname } = new URL(place)
  return { ...to, origin, path: pathname }
}

/** The same, when another place led to it: `https://a.example/path`. */
export function ledFrom(place: string, to: PaymentReservation): PaymentReservation {
  const { origin, pathname } = new URL(place)
  return {
    ...to,
    requestedOrigin: origin === to.origin ? undefined : origin,
    requestedPath: pathname === to.path ? undefined : pathname
  }
}

/** The same, paid to another address. */
export function paidTo(payTo: string, to: PaymentReservation): PaymentReservation {
  return { ...to, offer: { ...to.offer, payTo } }
}

/** A call that an account is billed for. */
export function billed(id: string, maxCost: bigint, budgets: readonly Budget[] = []): AccountReservation {
  const { payer, kind, offer, ...request } = reservation(id, maxCost, { budgets })
  return { ...request, kind: 'account', offer: { ...offer, dialect: 'account', network: 'account:usd' } }
}

/** A call that a prepaid balance pays for, for an agent. */
export function fromBalance(
  id: string,
  maxCost: bigint,
  labels: Readonly<Record<string, string>> = {},
  budgets: readonly Budget[] = []
): BalanceReservation {
  const { payer, kind, offer, ...request } = reservation(id, maxCost, { budgets })
  const network = balanceNetwork(offer.network)
  return { ...request, labels, kind: 'balance', offer: { ...offer, dialect: 'balance', network } }
}

/** An authorization that expired long ago. */
export const payment: SignedPayment = {
  network: 'eip155:8453',
  asset: '0xa',
  payer: '0xc',
  payTo: '0xb',
  amountAtomic: 1n,
  reference: '0xd',
  expiresAtSeconds: 1,
  expiry: 1n,
  payload: {}
}

export const signed: SignedEvent = {
  type: 'signed',
  payment,
  header: { name: 'PAYMENT-SIGNATURE', value: 'header-that-pays' }
}

/** What the service says later that it charged. */
export function corrected(cost: bigint): PurchaseEvent {
  return { type: 'corrected', cost: atomicUsdc(cost) }
}

/** A signature that can settle until a time in Unix milliseconds. */
export function signedUntil(expiresAtMs: number): SignedEvent {
  return { ...signed, payment: { ...payment, expiresAtSeconds: expiresAtMs / 1000 } }
}

/** Asks for equal calls of the last hour. */
export function equal(more: Partial<ResumeQuery> = {}): ResumeQuery {
  return { fingerprint: 'f', windowMs: HOUR_MS, ...more }
}

/** Makes a purchase, signs it, and records what happens to it then. */
export async function buy(
  ledger: Ledger,
  to: PaymentReservation,
  ...events: readonly ('sent' | 'settled' | 'dead' | 'answered' | 'failed')[]
): Promise<void> {
  await ledger.reserve(to)
  await ledger.recordEvent(to.id, signed)
  for (const type of events) await ledger.recordEvent(to.id, { type })
}

/** A signer that counts how often it is called. */
export function countingSigner(): { readonly sign: () => SignedEvent; calls(): number } {
  let calls = 0
  return {
    sign: () => {
      calls++
      return signed
    },
    calls: () => calls
  }
}

export interface HandClock extends Clock {
  set(ms: number): void
}

/** A clock that stops until it is set. */
export function handClock(): HandClock {
  let now = 1_000_000_000_000
  return {
    ...systemClock,
    nowMs: () => now,
    set(ms) {
      now = ms
    }
  }
}

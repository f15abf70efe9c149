import {
  atomicUsdc,
  type Budget,
  type Clock,
  type Reservation,
  type SignedPayment,
  systemClock
} from '@bursar/core'

export const HOUR_MS = 3_600_000
export const total = (limit: bigint, more: Partial<Budget> = {}): Budget => ({
  name: 'total',
  limit: atomicUsdc(limit),
  ...more
})

export function reservation(
  id: string,
  cost: bigint,
  budgets: readonly Budget[] = [],
  host = 'a.example'
): Reservation {
  return {
    id,
    fingerprint: 'f',
    method: 'POST',
    origin: `https://${host}`,
    path: '/',
    offer: {
      dialect: 'x402-v2',
      network: 'eip155:8453',
      asset: '0xa',
      payTo: '0xb',
      amountAtomic: cost,
      cost: atomicUsdc(cost)
    },
    budgets,
    labels: {}
  }
}

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
export const signed = {
  type: 'signed',
  payment,
  header: { name: 'PAYMENT-SIGNATURE', value: 'bytes' }
} as const

export function handClock(): Clock & { set(ms: number): void } {
  let now = 1_000_000_000_000
  return {
    ...systemClock,
    nowMs: () => now,
    set(ms) {
      now = ms
    }
  }
}

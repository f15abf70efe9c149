import type { PurchaseChange } from '@bursar/audit'
import { type AccountPurchase, atomicUsdc, type Purchase, type SettledPayment } from '@bursar/core'

const atMs = Date.UTC(2026, 10, 21, 12)

const facts = {
  id: 'p1',
  fingerprint: 'f',
  method: 'GET',
  origin: 'https://a.example',
  path: '/report',
  labels: {},
  reservedAtMs: atMs,
  state: 'settled',
  settledAtMs: atMs,
  countedAtMs: atMs,
  call: 'answered',
  endedAtMs: atMs
} as const

/** A payment of one cent. */
export const payment: SettledPayment = {
  ...facts,
  kind: 'payment',
  payer: '0xc',
  offer: {
    dialect: 'x402-v2',
    network: 'eip155:8453',
    asset: '0xa',
    payTo: '0xb',
    amountAtomic: 10_000n,
    cost: atomicUsdc(10_000n)
  },
  authorization: { payer: '0xc', reference: '0xd', expiresAtSeconds: 4_000_000_000 }
}

/** Two cents that an account was billed. */
export const billed: AccountPurchase = {
  ...facts,
  kind: 'account',
  offer: {
    dialect: 'account',
    network: 'account:usd',
    asset: 'usd',
    payTo: 'a.example',
    amountAtomic: 20_000n,
    cost: atomicUsdc(20_000n)
  }
}

/** What one that watches is told when a purchase has settled. */
export function settledChange(
  purchase: Purchase = payment,
  change: Partial<PurchaseChange> = {}
): PurchaseChange {
  return { type: 'purchase', atMs, state: 'settled', was: 'sent', purchase, ...change }
}

import type { PurchaseChange } from '@bursar/audit'
import { atomicUsdc, type SettledPayment } from '@bursar/core'

const atMs = Date.UTC(2026, 10, 21, 12)

/** A payment of one cent as one that watches is told that it settled. */
export function settledChange(
  purchase: Partial<SettledPayment> = {},
  change: Partial<PurchaseChange> = {}
): PurchaseChange {
  const paid: SettledPayment = {
    kind: 'payment',
    id: 'p1',
    fingerprint: 'f',
    method: 'GET',
    origin: 'https://a.example',
    path: '/report',
    payer: '0xc',
    offer: {
      dialect: 'x402-v2',
      network: 'eip155:8453',
      asset: '0xa',
      payTo: '0xb',
      amountAtomic: 10_000n,
      cost: atomicUsdc(10_000n)
    },
    labels: {},
    authorization: { payer: '0xc', reference: '0xd', expiresAtSeconds: 4_000_000_000 },
    reservedAtMs: atMs,
    state: 'settled',
    settledAtMs: atMs,
    countedAtMs: atMs,
    call: 'answered',
    endedAtMs: atMs,
    ...purchase
  }
  return { type: 'purchase', atMs, state: 'settled', was: 'sent', purchase: paid, ...change }
}

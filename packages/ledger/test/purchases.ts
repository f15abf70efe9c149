import { atomicUsdc, type Budget, type Reservation } from '@bursar/core'

/** A purchase for 7 atomic USDC, not yet made. */
export function reservation(id: string, budgets: readonly Budget[] = []): Reservation {
  return {
    id,
    fingerprint: id,
    method: 'GET',
    origin: 'https://a.example',
    path: '/',
    offer: {
      dialect: 'x402-v2',
      network: 'eip155:8453',
      asset: '0xa',
      payTo: '0xb',
      amountAtomic: 7n,
      cost: atomicUsdc(7n)
    },
    budgets,
    labels: {}
  }
}

/** Its signature. What pays is easy to find wherever it should not be. */
export const signed = {
  type: 'signed',
  payment: {
    network: 'eip155:8453',
    asset: '0xa',
    payer: '0xc',
    payTo: '0xb',
    amountAtomic: 7n,
    reference: '0xd',
    expiresAtSeconds: 1,
    expiry: 1n,
    payload: { signature: 'the-signature-that-pays' }
  },
  header: { name: 'PAYMENT-SIGNATURE', value: 'the-header-that-pays' }
} as const

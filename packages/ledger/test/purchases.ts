import { type AtomicUsdc, atomicUsdc, type Budget, type Ledger, type PaymentReservation } from '@bursar/core'

/** A purchase for 7 atomic USDC, not yet made. */
export function reservation(id: string, budgets: readonly Budget[] = []): PaymentReservation {
  return {
    kind: 'payment',
    id,
    fingerprint: id,
    method: 'GET',
    origin: 'https://a.example',
    path: '/',
    payer: '0xc',
    offer: {
      dialect: 'x402-v2',
      network: 'eip155:8453',
      asset: '0xa',
      payTo: '0xb',
      amountAtomic: 7n,
      cost: atomicUsdc(7n)
    },
    guards: { budgets },
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

/** A budget on everything, of so many atomic USDC. */
export const total = (limit: bigint): Budget => ({ name: 'total', limit: atomicUsdc(limit) })

/** What of all is spent or could still settle. */
export async function used(ledger: Ledger): Promise<AtomicUsdc | undefined> {
  const [usage] = await ledger.usage([total(0n)])
  return usage?.used
}

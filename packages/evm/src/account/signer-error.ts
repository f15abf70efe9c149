import { BursarError } from '@bursar/core'

/** The error for every way in which a wallet fails to sign a payment. */
export function signerFailed(chainId: number, reason: string, cause?: unknown): BursarError<'signer/failed'> {
  return new BursarError('signer/failed', {
    message: `The EVM account did not sign the payment: ${reason}. Nothing was sent.`,
    context: { network: `eip155:${chainId}`, reason },
    moneyState: 'none',
    cause
  })
}

import { BursarError, type NetworkId } from '@bursar/core'

/** The error for every way in which a wallet fails to sign a proof. */
export function signerFailed(
  network: NetworkId,
  reason: string,
  cause?: unknown
): BursarError<'signer/failed'> {
  return new BursarError('signer/failed', {
    message: `The wallet did not sign the proof: ${reason}. Nothing was sent.`,
    context: { network, reason },
    moneyState: 'none',
    cause
  })
}

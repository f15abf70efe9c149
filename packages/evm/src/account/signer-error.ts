import { BursarError } from '@bursar/core'
import { walletProblem } from '@bursar/core/wallet-problem'

/** The error for every way in which a wallet fails to sign a payment. */
export function signerFailed(network: string, reason: string, cause?: unknown): BursarError<'signer/failed'> {
  const problem = walletProblem(cause)
  const end = /[.!?…]$/.test(reason) ? '' : '.'
  return new BursarError('signer/failed', {
    message: `The EVM account did not sign the payment: ${reason}${end} Nothing was sent.`,
    context: { network, reason, ...(problem && { problem }) },
    moneyState: 'none',
    cause
  })
}

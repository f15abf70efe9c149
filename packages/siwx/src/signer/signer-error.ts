import { BursarError, type NetworkId } from '@bursar/core'
import { walletProblem } from '@bursar/core/wallet-problem'
import { walletWords } from '@bursar/core/wallet-words'

/** The error for every way in which a wallet fails to sign a proof. */
export function signerFailed(
  network: NetworkId,
  reason: string,
  cause?: unknown
): BursarError<'signer/failed'> {
  const problem = walletProblem(cause)
  const end = /[.!?…]$/.test(reason) ? '' : '.'
  return new BursarError('signer/failed', {
    message: `The wallet did not sign the proof: ${reason}${end} Nothing was sent.`,
    context: { network, reason, ...(problem && { problem }) },
    moneyState: 'none',
    cause
  })
}

/**
 * Calls a wallet.
 *
 * @throws {BursarError} `signer/failed` for whatever it throws.
 */
export async function callWallet<Answer>(network: NetworkId, call: () => Promise<Answer>): Promise<Answer> {
  try {
    return await call()
  } catch (cause) {
    const words = walletWords(cause)
    throw signerFailed(network, `it refused to sign${words === undefined ? '' : `: ${words}`}`, cause)
  }
}

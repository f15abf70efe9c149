/** What connecting a wallet of a page has in common on every network. */
import { abortable } from './abortable.js'
import { BursarError } from './error/bursar-error.js'
import { bursarErrorOf } from './error/bursar-error-of.js'
import { type WalletProblem, walletProblem } from './wallet-problem.js'
import { walletWords } from './wallet-words.js'

const codes: Readonly<Record<WalletProblem, number>> = {
  declined: 4001,
  'not-connected': 4100,
  'wrong-network': 4901
}

/** An error with the code that wallets have for a problem, so that it is read as one of theirs. @see EIP-1193 */
export function walletError(problem: WalletProblem, message: string): Error {
  return Object.assign(new Error(message), { code: codes[problem] })
}

/** Where a wallet is connected. */
interface Connecting {
  /** A network, or a family of networks. */
  readonly network: string
  readonly signal: AbortSignal | undefined
}

/**
 * Waits until a wallet is connected, for as long as its user needs, or the caller has patience.
 *
 * @throws {BursarError} `signer/failed` for whatever it throws.
 * @throws the signal's reason.
 */
export async function connecting<Connected>(
  { network, signal }: Connecting,
  connect: () => Promise<Connected>
): Promise<Connected> {
  try {
    signal?.throwIfAborted()
    return await abortable(connect(), signal)
  } catch (cause) {
    if (signal?.aborted || bursarErrorOf(cause)) throw cause
    throw notConnectedError(network, cause)
  }
}

function notConnectedError(network: string, cause: unknown): BursarError<'signer/failed'> {
  const reason = walletWords(cause) ?? 'it said nothing'
  const problem = walletProblem(cause)
  return new BursarError('signer/failed', {
    message: `The wallet was not connected: ${reason}${/[.!?…]$/.test(reason) ? '' : '.'} Nothing was paid.`,
    context: { network, reason, ...(problem && { problem }) },
    moneyState: 'none',
    cause
  })
}

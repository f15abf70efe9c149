/**
 * Why a wallet did not sign, as far as its error says so by a code.
 *
 * - `declined`: its user said no.
 * - `not-connected`: it is locked, or no longer shares the account with this page.
 * - `wrong-network`: it is on another network than the payment, and did not change.
 */
export type WalletProblem = 'declined' | 'not-connected' | 'wrong-network'

/** Codes of EIP-1193 and EIP-3326, which wallets of Solana use too, and the word of ethers. */
const problems: ReadonlyMap<unknown, WalletProblem> = new Map<unknown, WalletProblem>([
  [4001, 'declined'],
  ['ACTION_REJECTED', 'declined'],
  [4100, 'not-connected'],
  [4900, 'not-connected'],
  [4901, 'wrong-network'],
  [4902, 'wrong-network']
])

/** How many errors inside each other are read: libraries wrap what a wallet throws, some of them twice. */
const MAX_DEPTH = 5

/**
 * Reads a wallet's error.
 *
 * @param thrown whatever was thrown: the wallet's own error, or one that holds it as `cause` or, as wallet adapters do, as
 * `error`.
 * @returns `undefined` when no known code is in it.
 * @see EIP-1193, "Provider errors"; EIP-3326
 */
export function walletProblem(thrown: unknown): WalletProblem | undefined {
  let current = thrown
  for (let depth = 0; depth < MAX_DEPTH; depth++) {
    const problem = problems.get(fieldOf(current, 'code'))
    if (problem !== undefined) return problem
    current = fieldOf(current, 'cause') ?? fieldOf(current, 'error')
  }
  return undefined
}

function fieldOf(value: unknown, field: string): unknown {
  try {
    return Reflect.get(Object(value), field)
  } catch {
    // A getter that throws must not hide where the money is.
    return undefined
  }
}

import type { MaybeEncodedAccount } from '@solana/kit'
import { PublicKey } from '@solana/web3.js'
import { readAmount, TOKEN_PROGRAM } from '../token-program.js'

const TOKEN_ACCOUNT_BYTES = 165
const DECIMALS = 6

/** The balance of a token account, as a node reports it with a transaction. */
export interface TokenBalance {
  readonly accountIndex: number
  readonly mint: string
  readonly owner: string
  readonly programId: string
  readonly uiTokenAmount: {
    readonly amount: string
    readonly decimals: number
    readonly uiAmount: null
    readonly uiAmountString: string
  }
}

/** Reads the balances of the token accounts among the accounts of a transaction. */
export function readTokenBalances(
  keys: readonly string[],
  read: (key: string) => MaybeEncodedAccount
): TokenBalance[] {
  return keys.flatMap((key, accountIndex) => {
    const account = read(key)
    if (!account.exists || account.data.length !== TOKEN_ACCOUNT_BYTES) return []
    if (account.programAddress !== TOKEN_PROGRAM.toBase58()) return []
    const data = Uint8Array.from(account.data)
    const keyAt = (offset: number): string => new PublicKey(data.subarray(offset, offset + 32)).toBase58()
    const amount = String(readAmount(data))
    const uiTokenAmount = { amount, decimals: DECIMALS, uiAmount: null, uiAmountString: amount }
    return [
      { accountIndex, mint: keyAt(0), owner: keyAt(32), programId: account.programAddress, uiTokenAmount }
    ]
  })
}

import { type PublicKey, type Transaction, VersionedTransaction } from '@solana/web3.js'
import type { SolanaWallet } from '../account/solana-account.js'

/** A wallet adapter, Anchor's `Wallet`, or any other wallet that signs web3.js transactions. */
export interface Web3Wallet {
  /** `null` until it is connected. */
  readonly publicKey: PublicKey | null
  signTransaction<Any extends Transaction | VersionedTransaction>(transaction: Any): Promise<Any>
}

/**
 * Lets a wallet sign web3.js's own `VersionedTransaction`. Without this a wallet is handed an object of that shape, which
 * is enough for most, and not for one that asks for an instance of the class.
 *
 * @example
 * ```ts
 * const payer = createSolanaPayer({ account: fromWallet(phantom) })
 * ```
 */
export function fromWallet(wallet: Web3Wallet): SolanaWallet {
  return {
    get publicKey() {
      return wallet.publicKey
    },
    signTransaction: (transaction) =>
      wallet.signTransaction(VersionedTransaction.deserialize(transaction.serialize()))
  }
}

import type { Address } from '../address/address.js'
import { keyAuthorizer } from './key-authorizer.js'
import { kitAuthorizer } from './kit-authorizer.js'
import { readSecretKey } from './secret-key.js'
import type { SolanaAccount } from './solana-account.js'
import { walletAuthorizer } from './wallet-authorizer.js'

/** A transaction before its signatures, with what wallets ask beside it. */
export interface UnsignedTransaction {
  /** Signature slots zero. */
  readonly bytes: Uint8Array
  /** Offset of the message in them. */
  readonly messageAt: number
  /** Which signature is ours. */
  readonly signer: number
  /** Base58, in the order of their slots. */
  readonly signers: readonly string[]
  /** Base58. */
  readonly blockhash: string
  readonly lastValidBlockHeight: bigint
}

/** Signs transactions for one address. */
export interface Authorizer {
  /** Whether what it gives back must be read and verified. A key of ours can only do what it is asked. */
  readonly foreign: boolean
  address(): Address | Promise<Address>
  /** The transaction with our signature in its slot, and, from a wallet, whatever else it did to it. */
  sign(transaction: UnsignedTransaction): Uint8Array | Promise<Uint8Array>
}

/**
 * Takes any kind of account.
 *
 * @throws {TypeError} when it is none. The message never shows a key.
 */
export function createAuthorizer(account: SolanaAccount): Authorizer {
  if (typeof account === 'string' || account instanceof Uint8Array || isNumbers(account)) {
    return keyAuthorizer(readSecretKey(account))
  }
  if (typeof account === 'object' && account !== null) {
    if ('secretKey' in account) return keyAuthorizer(readSecretKey(account.secretKey))
    if ('signTransaction' in account) return walletAuthorizer(account)
    if ('signTransactions' in account || 'modifyAndSignTransactions' in account) return kitAuthorizer(account)
  }
  throw new TypeError(
    'solana must be a secret key, a web3.js Keypair, a wallet with signTransaction, or a kit signer'
  )
}

function isNumbers(account: SolanaAccount): account is readonly number[] {
  return Array.isArray(account)
}

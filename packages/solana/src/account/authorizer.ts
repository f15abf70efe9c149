import type { Authorizer } from '@bursar/core'
import type { Address } from '../address/address.js'

/** A transaction before its signatures, with what wallets need beside it. */
export interface UnsignedTransaction {
  /** The whole transaction; the signature slots are zero. */
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

/** Signs transactions for one address. What it returns is the transaction, with our signature in its slot. */
export interface SolanaAuthorizer extends Authorizer<Address, UnsignedTransaction, Uint8Array> {
  /**
   * Whether the transaction comes back as it was given, which is so for a key of ours. What a wallet returns is read
   * and verified, since it may have changed anything.
   */
  readonly isTrusted: boolean
}

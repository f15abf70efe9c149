import type { NetworkFamily, NetworkId } from '../network/network.js'
import type { SignedPayment } from './payer.js'
import type { PurchaseOffer } from './purchase.js'

/** A transaction that is said to have settled a payment. */
export interface SettlementClaim
  extends Pick<SignedPayment, 'network' | 'asset' | 'payer' | 'payTo' | 'amountAtomic' | 'reference'> {
  readonly transaction: string
  /** Set where the transfer may be of any amount up to `amountAtomic`: what an `upto` payment took is not known. */
  readonly isMost?: true
  /** Set where `amountAtomic` is less than might have been taken: what the server says an `upto` payment did cost. */
  readonly isCharge?: true
}

/**
 * The result of checking a claim. `contradicted`: the transaction is not this payment's, or cannot exist. `unseen`: the
 * chain does not know the transaction yet.
 */
export type SettlementFinding = 'confirmed' | 'contradicted' | 'unseen'

/** USDC that left an account, as the chain shows it. */
export interface Debit {
  readonly network: NetworkId
  readonly asset: string
  /** EVM: transaction hash. Solana: its first signature. */
  readonly transaction: string
  /** As in {@link SignedPayment}; absent on EVM for a transfer that used no authorization. */
  readonly reference?: string
  readonly payTo: string
  readonly amountAtomic: bigint
  /** As in the ledger. Absent: one unit of the sixth decimal is a millionth of a dollar. */
  readonly counts?: Pick<PurchaseOffer, 'cost' | 'token' | 'isTest'> | undefined
  /** Unix milliseconds of the block. */
  readonly atMs: number
}

/** Looks at the past of one family of chains. Implemented by `@bursar/evm/audit` and `@bursar/solana/audit`. */
export interface Auditor {
  readonly family: NetworkFamily
  /** @throws {BursarError} `rpc/unavailable` */
  confirm(claim: SettlementClaim, signal?: AbortSignal): Promise<SettlementFinding>
  /**
   * USDC that has left the account since, in no promised order.
   *
   * @param fromMs Unix milliseconds.
   * @throws {BursarError} `rpc/unavailable`
   */
  readDebits(network: NetworkId, fromMs: number, signal?: AbortSignal): Promise<readonly Debit[]>
  /**
   * Cancels an authorization with a transaction that the account pays for, and waits until it is in a block. Absent
   * where the chain cannot cancel.
   *
   * @returns the transaction, which may have come too late.
   * @throws {BursarError} `purchase/not-cancellable`, `rpc/unavailable`
   */
  cancel?(payment: SignedPayment, signal?: AbortSignal): Promise<string>
}

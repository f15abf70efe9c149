import type { JsonObject, NetworkId } from '@bursar/core'
import type { RejectionReason } from './rejection-reasons.js'

/** An `accepts` entry as it went over the wire, read back for checking. */
export interface Requirements {
  readonly scheme: string
  readonly network: string
  readonly asset: string
  readonly payTo: string
  /** Atomic units, as digits. */
  readonly amount: string
  readonly extra: JsonObject
}

/** What a client puts forward in its payment header. */
export interface SubmittedPayment {
  /** The offer that it takes up, as this gateway made it. */
  readonly requirements: Requirements
  /** The scheme's payload, unread. */
  readonly payload: JsonObject
  /**
   * Katana's offers name no EIP-712 domain, so that the token's own is meant, and its payloads have times as
   * JSON numbers. The standard has neither.
   */
  readonly dialect: 'standard' | 'katana'
}

/** Why a payment is refused. */
export interface Rejection {
  readonly ok: false
  readonly reason: RejectionReason
  /** Known once the payload could be read. */
  readonly payer?: string
}

/** Who pays, and the public name of the authorization: a payer's nonce settles at most once. */
export interface PaymentIdentity {
  readonly ok: true
  readonly payer: string
  readonly reference: string
}

/** What became of a settlement. */
export type Settlement =
  | { readonly outcome: 'settled'; readonly transaction: string }
  /** Broadcast, and not seen in a block within the time allowed. */
  | { readonly outcome: 'pending'; readonly transaction: string }
  /** Nothing moved. `transaction` is there when one was mined and failed. */
  | { readonly outcome: 'failed'; readonly reason: RejectionReason; readonly transaction?: string }

/** Bends of one settlement, for faults. */
export interface SettleOptions {
  /** Report `pending` without waiting for the receipt. `lands: false` does not even broadcast. */
  readonly pretendPending?: { readonly lands: boolean }
  /** Solana: hold the transaction until its blockhash `expires`, or only say so (`pretend`); send nothing. */
  readonly blockhash?: 'expires' | 'pretend'
}

/** The facilitator's node cannot be asked. Whether a transfer went out is not known. */
export class FacilitatorUnavailable extends Error {
  override readonly name = 'FacilitatorUnavailable'
}

/** Checks and settles the payments of one network. */
export interface Facilitator {
  readonly network: NetworkId
  /** The name that x402 v1 and Katana's `extra.chain` use: `base`. */
  readonly name: string
  readonly asset: string
  readonly payTo: string
  /** What a standard offer must say in `extra` for a client to sign. Katana's says none of it. */
  readonly extra: JsonObject
  /** Reads the payload only: no chain, no signature. */
  identify(payment: SubmittedPayment): PaymentIdentity | Rejection
  /**
   * Runs every check, in the order of the specification.
   *
   * @param clockOffsetSeconds added to the time that `validAfter` and `validBefore` are held against.
   * @throws {FacilitatorUnavailable}
   */
  verify(payment: SubmittedPayment, clockOffsetSeconds?: number): Promise<PaymentIdentity | Rejection>
  /**
   * Verifies again, broadcasts, and waits for the transfer.
   *
   * @throws {FacilitatorUnavailable}
   */
  settle(payment: SubmittedPayment, options?: SettleOptions, clockOffsetSeconds?: number): Promise<Settlement>
  /** Looks for a transaction that was broadcast before. */
  follow(payment: SubmittedPayment, transaction: string): Promise<Settlement>
}

import type { JsonObject, NetworkId } from '@bursar/core'
import type { RejectionReason } from './rejection-reasons.js'

/** An `accepts` entry as it was sent, read back so that a payment can be checked against it. */
export interface Requirements {
  readonly scheme: string
  readonly network: string
  readonly asset: string
  readonly payTo: string
  /** Atomic units, as digits. */
  readonly amount: string
  readonly extra: JsonObject
}

/** A payment as a client submits it, with the offer that it takes. */
export interface SubmittedPayment {
  readonly requirements: Requirements
  /** The scheme's payload, not parsed yet. */
  readonly payload: JsonObject
  /** What comes beside the payload, such as a token's permit. */
  readonly extensions?: JsonObject | undefined
  /**
   * Katana's offers name no EIP-712 domain, so that the token's own is meant, and its payloads may have times
   * as JSON numbers. Neither is so in the standard.
   */
  readonly dialect: 'standard' | 'katana'
}

/** Why a payment is rejected. */
export interface Rejection {
  readonly ok: false
  readonly reason: RejectionReason
  /** Known once the payload could be read. */
  readonly payer?: string
}

/** Who pays, and what identifies the authorization. Each reference settles at most once. */
export interface PaymentIdentity {
  readonly ok: true
  readonly payer: string
  readonly reference: string
}

/** How a settlement ended. */
export type Settlement =
  /** `transaction` is empty when nothing was to be taken of an upto payment. */
  | { readonly outcome: 'settled'; readonly transaction: string }
  /** It was broadcast, and was not seen in a block within the time allowed. */
  | { readonly outcome: 'pending'; readonly transaction: string }
  /** No money moved. `transaction` is set when one was mined and failed. */
  | { readonly outcome: 'failed'; readonly reason: RejectionReason; readonly transaction?: string }

/** Changes to the verification of one payment. Only faults use them. */
export interface VerifyOptions {
  /** Added to the time that `validAfter` and `validBefore` are compared with. */
  readonly clockOffsetSeconds?: number
}

/** Changes to the settlement of one payment. Only faults use them. */
export interface SettleOptions extends VerifyOptions {
  /** Reports `pending` without waiting for the receipt. With `lands: false` nothing is broadcast either. */
  readonly pretendPending?: { readonly lands: boolean }
  /** Solana: waits until the blockhash `expires`, or only reports that it has (`pretend`). Sends nothing. */
  readonly blockhash?: 'expires' | 'pretend'
}

/** The facilitator's node did not answer. It is not known whether a transfer was sent. */
export class FacilitatorUnavailable extends Error {
  override readonly name = 'FacilitatorUnavailable'
}

/** Verifies and settles the payments of one network. */
export interface Facilitator {
  readonly network: NetworkId
  /** The name of the network in x402 v1 and in Katana's `extra.chain`, such as `base`. */
  readonly name: string
  readonly asset: string
  readonly payTo: string
  /** What a standard offer must have in `extra` so that a client can sign. Katana's offers have none of it. */
  readonly extra: JsonObject
  /** The addresses that send settlements or pay their fees. */
  readonly signers: readonly string[]
  /** Reads the payload. Checks neither the signature nor the chain. */
  identify(payment: SubmittedPayment): PaymentIdentity | Rejection
  /**
   * Runs every check, in the order of the specification.
   *
   * @throws {FacilitatorUnavailable}
   */
  verify(payment: SubmittedPayment, options?: VerifyOptions): Promise<PaymentIdentity | Rejection>
  /**
   * Verifies again, broadcasts, and waits for the transfer.
   *
   * @throws {FacilitatorUnavailable}
   */
  settle(payment: SubmittedPayment, options?: SettleOptions): Promise<Settlement>
  /** Looks for a transaction that was broadcast before. */
  findSettlement(payment: SubmittedPayment, transaction: string): Promise<Settlement>
}

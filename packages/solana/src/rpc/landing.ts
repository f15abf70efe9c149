import type { SentPayment } from '../transaction/sent-payment.js'

/** A payment that is looked for on the chain. */
export interface LandingQuery {
  readonly payment: SentPayment
  /** No landing can be in a block this low. */
  readonly sinceHeight: bigint
}

/** The transaction that a payment landed in. */
export interface Landing {
  /** Its name: base58 of its first signature. */
  readonly transaction: string
  /** Unix seconds of its block, where the node says it. */
  readonly atSeconds: number | undefined
}

/** By payment; one that has not landed is missing. */
export type Landings = ReadonlyMap<SentPayment, Landing>

import type { JsonObject } from '@bursar/core'
import type { Claim, Facilitator, Requirement } from '../facilitator/facilitator.js'
import type { RefusalReason } from '../facilitator/reasons.js'
import type { Answer } from '../server/answer.js'
import type { Arrival } from '../server/arrival.js'

/** What a request costs. */
export interface Price {
  /** Atomic USDC. */
  readonly subtotalAtomic: bigint
  /** Atomic USDC added for settling; zero where the seller bears it. */
  readonly gasAtomic: bigint
}

/** One way to pay that the gateway offers. */
export interface Offered {
  /** The `accepts` entry as it goes over the wire. */
  readonly wire: JsonObject
  readonly facilitator: Facilitator
}

/** What a client's payment header says, read strictly. */
export interface ReadPayment {
  /** The entry that it takes up; in v1, no more than scheme and network. */
  readonly accepted: JsonObject
  readonly payload: JsonObject
}

/** What is for sale. */
export interface Sale {
  /** Full URL. */
  readonly url: string
  readonly description: string
}

/** A challenge to put. */
interface ChallengeParts {
  readonly offers: readonly Offered[]
  readonly error: string
  readonly sale: Sale
}

/** A settlement to tell of. Sums are atomic units as digits. */
interface ReceiptParts {
  readonly success: boolean
  readonly errorReason?: RefusalReason
  readonly payer: string
  /** Empty when nothing was broadcast. */
  readonly transaction: string
  readonly facilitator: Facilitator
  readonly amount: string
}

/** How a route puts its challenge and reads its payment: Katana's way, or a version of the standard. */
export interface Protocol {
  readonly dialect: Claim['dialect']
  /** The header that pays, if the request has it. */
  paymentHeader(arrival: Arrival): string | undefined
  buildOffer(facilitator: Facilitator, price: Price, sale: Sale): JsonObject
  readPayment(header: string): ReadPayment | RefusalReason
  /** Whether `accepted` is this offer. */
  takesUp(payment: ReadPayment, offer: JsonObject): boolean
  /** The offer as the facilitator is to check it; of a bent one, perhaps nothing can be made. */
  requirementOf(offered: Offered): Requirement | undefined
  challenge(parts: ChallengeParts): Answer
  /** Headers that tell of the settlement. */
  receipt(parts: ReceiptParts): Readonly<Record<string, string>>
}

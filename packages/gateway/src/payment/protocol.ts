import type { JsonObject } from '@bursar/core'
import type { Facilitator, Requirements, SubmittedPayment } from '../facilitator/facilitator.js'
import type { RejectionReason } from '../facilitator/rejection-reasons.js'
import type { HttpRequest } from '../server/request.js'
import type { HttpResponse } from '../server/response.js'

/** What a request costs. */
export interface Price {
  /** Atomic USDC. */
  readonly subtotalAtomic: bigint
  /** Atomic USDC added for settling; zero where the seller bears it. */
  readonly gasAtomic: bigint
}

/** One way to pay that the gateway offers. */
export interface ServerOffer {
  /** The `accepts` entry as it goes over the wire. */
  readonly wire: JsonObject
  readonly facilitator: Facilitator
}

/** What a client's payment header says, read strictly. */
export interface ParsedPayment {
  /** The entry that it takes up; in v1, no more than scheme and network. */
  readonly accepted: JsonObject
  readonly payload: JsonObject
}

/** What is for sale. */
export interface Resource {
  /** Full URL. */
  readonly url: string
  readonly description: string
}

/** A challenge to put. */
interface ChallengeParts {
  readonly offers: readonly ServerOffer[]
  readonly error: string
  readonly resource: Resource
}

/** A settlement to tell of. Sums are atomic units as digits. */
interface ReceiptParts {
  readonly success: boolean
  readonly errorReason?: RejectionReason
  readonly payer: string
  /** Empty when nothing was broadcast. */
  readonly transaction: string
  readonly facilitator: Facilitator
  readonly amount: string
}

/** How a route puts its challenge and reads its payment: Katana's way, or a version of the standard. */
export interface Protocol {
  readonly dialect: SubmittedPayment['dialect']
  /** The header that pays, if the request has it. */
  paymentHeader(request: HttpRequest): string | undefined
  buildOffer(facilitator: Facilitator, price: Price, resource: Resource): JsonObject
  parsePayment(header: string): ParsedPayment | RejectionReason
  /** Whether `accepted` is this offer. */
  matchesOffer(payment: ParsedPayment, offer: JsonObject): boolean
  /** The offer as the facilitator is to check it; of a bent one, perhaps nothing can be made. */
  toRequirements(offered: ServerOffer): Requirements | undefined
  challenge(parts: ChallengeParts): HttpResponse
  /** Headers that tell of the settlement. */
  receipt(parts: ReceiptParts): Readonly<Record<string, string>>
}

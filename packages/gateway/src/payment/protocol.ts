import type { JsonObject } from '@bursar/core'
import type { Facilitator, Requirements, SubmittedPayment } from '../facilitator/facilitator.js'
import type { RejectionReason } from '../facilitator/rejection-reasons.js'
import type { HttpRequest } from '../server/request.js'
import type { HttpResponse } from '../server/response.js'

/** What a request costs. */
export interface Price {
  readonly subtotalAtomic: bigint
  /** Added for the cost of settling. Zero where the seller bears it. */
  readonly gasAtomic: bigint
}

/** One way to pay that the gateway offers. */
export interface ServerOffer {
  /** The `accepts` entry as it is sent. */
  readonly wire: JsonObject
  readonly facilitator: Facilitator
}

/** A client's payment header, read strictly. */
export interface ParsedPayment {
  /** The entry that the client accepted. In v1 it has no more than scheme and network. */
  readonly accepted: JsonObject
  readonly payload: JsonObject
  readonly extensions?: JsonObject | undefined
}

/** What is sold. @see x402 v2 specification, section 5.1, `ResourceInfo` */
export interface Resource {
  /** Full URL. */
  readonly url: string
  readonly description: string
}

/** The contents of a challenge. */
export interface ChallengeParts {
  readonly offers: readonly ServerOffer[]
  readonly error: string
  readonly resource: Resource
}

/** The contents of a settlement response. */
interface ReceiptParts {
  readonly success: boolean
  readonly errorReason?: RejectionReason
  readonly payer: string
  /** Empty when nothing was broadcast. */
  readonly transaction: string
  readonly facilitator: Facilitator
  /** Atomic units, as digits. */
  readonly amount: string
}

/** How a route writes its challenge and reads its payment: Katana's way, or a version of the standard. */
export interface Protocol {
  readonly dialect: SubmittedPayment['dialect']
  /** The header that pays, if the request has it. */
  paymentHeader(request: HttpRequest): string | undefined
  /** Undefined on a network where the protocol cannot be paid. */
  buildOffer(facilitator: Facilitator, price: Price, resource: Resource): JsonObject | undefined
  /** Reads a payment header, or says why it cannot be read. */
  parsePayment(header: string): ParsedPayment | RejectionReason
  /** Whether the client accepted this offer. */
  matchesOffer(payment: ParsedPayment, offer: JsonObject): boolean
  /** The offer as the facilitator checks it. Undefined when a fault has made the offer unreadable. */
  toRequirements(offer: ServerOffer): Requirements | undefined
  challenge(parts: ChallengeParts): HttpResponse
  /** The headers that report the settlement. */
  receipt(parts: ReceiptParts): Readonly<Record<string, string>>
}

import type { Facilitator } from '../facilitator/facilitator.js'
import type { HttpResponse } from '../server/response.js'
import type { Price, Protocol, Resource } from './protocol.js'

/** A payment that was settled, or an upto payment that was verified. */
export interface Receipt {
  readonly payer: string
  readonly facilitator: Facilitator
  readonly amountAtomic: bigint
  /** Empty for an upto payment, which is settled after the work. */
  readonly transaction: string
}

/** What a payment bought. */
export interface Fulfilment {
  readonly response: HttpResponse
  /** What is taken of an upto payment. Default: the most. */
  readonly chargeAtomic?: bigint
}

/** What a request costs, how it is paid, and what it buys. */
export interface Charge {
  readonly protocol: Protocol
  readonly price: Price
  readonly resource: Resource
  /** Identifies the request by everything its price depends on. Offers are remembered under this key. */
  readonly quoteKey: string
  /** Does the work. Called once for a settled payment, or for an upto payment once it is verified, and never before. */
  fulfil(receipt: Receipt): Promise<HttpResponse | Fulfilment>
}

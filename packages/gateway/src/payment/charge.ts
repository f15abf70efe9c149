import type { Facilitator } from '../facilitator/facilitator.js'
import type { HttpResponse } from '../server/response.js'
import type { Price, Protocol, Resource } from './protocol.js'

/** A payment that was settled. */
export interface Receipt {
  readonly payer: string
  readonly facilitator: Facilitator
  readonly amountAtomic: bigint
  readonly transaction: string
}

/** What a request costs, how it is paid, and what it buys. */
export interface Charge {
  readonly protocol: Protocol
  readonly price: Price
  readonly resource: Resource
  /** Identifies the request by everything its price depends on. Offers are remembered under this key. */
  readonly quoteKey: string
  /** Does the work. Called once for a settled payment, and never before. */
  fulfil(receipt: Receipt): Promise<HttpResponse>
}

import type { Address, PublicClient } from 'viem'
import type { Requirements } from '../facilitator.js'
import type { RejectionReason } from '../rejection-reasons.js'
import type { ExactPayload } from './payload.js'

/** What the checks of one payment look at. */
export interface CheckContext {
  readonly client: PublicClient
  readonly chainId: number
  readonly requirements: Requirements
  readonly payload: ExactPayload
  readonly asset: Address
  /** The domain that the signature is held against: the offer's, else the token's. */
  readonly domain: { readonly name: string; readonly version: string }
  /** Unix seconds, on the clock that settles. */
  readonly nowSeconds: bigint
}

/** One condition of a payment. Gives the reason when it does not hold. */
export type Check = (
  context: CheckContext
) => Promise<RejectionReason | undefined> | RejectionReason | undefined

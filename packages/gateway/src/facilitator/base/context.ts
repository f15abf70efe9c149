import type { Address, PublicClient } from 'viem'
import type { Requirements } from '../facilitator.js'
import type { RejectionReason } from '../rejection-reasons.js'
import type { ExactPayload } from './payload.js'

/** The EIP-712 domain of a token. */
export interface TokenDomain {
  readonly name: string
  readonly version: string
}

/** What the checks of one payment have to work with. */
export interface CheckContext {
  readonly client: PublicClient
  readonly chainId: number
  readonly requirements: Requirements
  readonly payload: ExactPayload
  readonly asset: Address
  /** The EIP-712 domain that the signature is checked in: the offer's, or the token's. */
  readonly domain: TokenDomain
  /** Unix seconds: the time of the chain's next block. */
  readonly nowSeconds: bigint
}

/** One condition that a payment must meet. Returns the reason when it does not. */
export type Check = (
  context: CheckContext
) => Promise<RejectionReason | undefined> | RejectionReason | undefined

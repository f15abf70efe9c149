import type { JsonObject } from '@bursar/core'
import type { Address, PublicClient } from 'viem'
import type { Requirements } from '../facilitator.js'
import type { RejectionReason } from '../rejection-reasons.js'
import type { Permit2Payload } from './payload.js'

/** What the checks of one payment by Permit2 have to work with. */
export interface Permit2Context {
  readonly client: PublicClient
  readonly chainId: number
  /** The address that calls the proxies. */
  readonly relayer: Address
  readonly requirements: Requirements
  readonly payload: Permit2Payload
  readonly asset: Address
  /** What the payment brings beside its payload. */
  readonly extensions: JsonObject | undefined
  /** Unix seconds: the time of the chain's next block. */
  readonly nowSeconds: bigint
}

/** One condition that a payment by Permit2 must meet. Returns the reason when it does not. */
export type Permit2Check = (
  context: Permit2Context
) => Promise<RejectionReason | undefined> | RejectionReason | undefined

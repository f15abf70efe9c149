import type { Challenge, SeenEqualCalls, ServicePayment } from '@bursar/core'
import type { CapturedRequest } from '../request/captured-request.js'
import type { Transport } from '../transport/transport.js'
import type { CallOptions } from './call-options.js'
import type { PlaceMemory } from './place-memory.js'

/** One call in progress. */
export interface Call {
  readonly request: CapturedRequest
  readonly options: CallOptions & Pick<ServicePayment, 'topUpRoom'>
  readonly transport: Transport
}

/** A call that was answered with a price. */
export interface PricedCall extends Call {
  /** The request that is paid: the one that redirects led to, or the caller's own. */
  readonly request: CapturedRequest
  /** The caller's own request. */
  readonly original: CapturedRequest
  readonly challenge: Challenge
  /** How far the server's clock is ahead of this machine's, where they differ. */
  readonly serverAheadSeconds?: number | undefined
}

/** A priced call that is about to be paid. */
export interface ChallengedCall extends PricedCall {
  /** Of the paid calls of this process. Absent: nobody listens. */
  readonly number: number | undefined
  /** Equal for equal calls. */
  readonly fingerprint: string
  /** What its place asked before, where that is remembered. */
  readonly memory?: PlaceMemory | undefined
  /** Whether its price was asked for by an earlier call, and not by this one. */
  readonly isRemembered?: boolean | undefined
  /** Whether it has tried to sign in, which it does once. */
  readonly triedSignIn?: true | undefined
  /** What was in flight when this call began, where that is joined. */
  readonly seen?: (() => Promise<SeenEqualCalls>) | undefined
}

/** The hosts whose limits apply to a call: the one that is paid, and the one that redirected to it. */
export function hostsOf({ request, original }: PricedCall): readonly string[] {
  const [paid, requested] = [request.url.host, original.url.host]
  return paid === requested ? [paid] : [paid, requested]
}

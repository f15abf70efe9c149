import type { PaymentHeader, ProofHeader } from '@bursar/core'
import type { CapturedRequest } from '../request/captured-request.js'
import type { IncomingResponse } from './incoming-response.js'

/** A header that pays, or that proves a wallet. */
interface SecretHeader extends Pick<PaymentHeader, 'value' | 'also'> {
  readonly name: PaymentHeader['name'] | ProofHeader['name']
}

/** One sending of a captured request. */
export interface OutgoingRequest {
  readonly request: CapturedRequest
  /** The header that pays, or that proves a wallet. A request that carries one is never redirected. */
  readonly payment?: SecretHeader
  /** Whether the platform follows redirects, where it hides them. Never for a paid request. */
  readonly platformFollows?: boolean
  /** How long the headers of the answer may take. */
  readonly timeoutMs: number
  /** The longest pause of the body while a reader waits, in milliseconds. Absent: no limit. */
  readonly idleBodyMs?: number
}

/** Carries requests. */
export interface Transport {
  /**
   * Sends a request once and gives the answer's head. Redirects are not followed.
   * Rejects with the signal's reason, a {@link HeadersTimeout}, {@link HeadersTooLarge}, or the network's error.
   */
  send(outgoing: OutgoingRequest): Promise<IncomingResponse>
  /** Closes the connections that are the transport's own. */
  close?(): Promise<void>
}

/** The answer's headers are larger than the transport reads. */
export class HeadersTooLarge extends Error {
  override readonly name = 'HeadersTooLarge'
}

/** No request can be sent at all. The message says why. */
export class NoConnection extends Error {
  override readonly name = 'NoConnection'
}

/** The answer's headers did not come in time. */
export class HeadersTimeout extends Error {
  override readonly name = 'HeadersTimeout'
}

/** The answer's body did not come in time. */
export class BodyTimeout extends Error {
  override readonly name = 'BodyTimeout'
}

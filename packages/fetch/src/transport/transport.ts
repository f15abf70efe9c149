import type { CapturedRequest } from '../request/captured-request.js'
import type { IncomingResponse } from './incoming-response.js'

/** A captured request on its way out, once. */
export interface OutgoingRequest {
  readonly request: CapturedRequest
  /** The header that pays, on the paid legs. A request that carries one is never redirected. */
  readonly payment?: { readonly name: string; readonly value: string }
  /** Lets the platform follow redirects, where it hides them. Never on a paid leg. */
  readonly platformFollows?: boolean
  /** How long the headers of the answer may take. */
  readonly timeoutMs: number
  /** How long the body may stand still while somebody waits for it. Absent: for ever. */
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

/** The answer's headers did not come in time. */
export class HeadersTimeout extends Error {
  override readonly name = 'HeadersTimeout'
}

/** The answer's body did not come in time. */
export class BodyTimeout extends Error {
  override readonly name = 'BodyTimeout'
}

import type { CapturedRequest } from '../request/captured-request.js'
import type { Answer } from './answer.js'

/** One sending of a captured request. */
export interface Sending {
  readonly request: CapturedRequest
  /** The header that pays, on the paid legs. A request that carries one is never redirected. */
  readonly payment?: { readonly name: string; readonly value: string }
  /** Lets the platform follow redirects, where it hides them. Never on a paid leg. */
  readonly platformFollows?: boolean
  /** How long the headers of the answer may take. */
  readonly timeoutMs: number
}

/**
 * Sends a request once and gives the answer's head. Redirects are not followed.
 * Rejects with the signal's reason, a {@link HeadersTimeout},
 * {@link HeadersTooLarge}, or the network's error.
 */
export interface Transport {
  (sending: Sending): Promise<Answer>
  /** Lets go of connections of its own. */
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

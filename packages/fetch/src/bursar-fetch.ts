import type { CallOptions } from './flow/call-options.js'

/** What fetch takes, and what Bursar adds. */
export interface BursarRequestInit extends RequestInit {
  /**
   * What the caller says of this call. Default: nothing.
   *
   * @example bursar.fetch(url, { bursar: { purchase: 'invoice-42' } })
   */
  readonly bursar?: CallOptions | undefined
}

/** The signature of `bursar.fetch`: that of the platform, so that SDKs take it. */
export type BursarFetch = (input: string | URL | Request, init?: BursarRequestInit) => Promise<Response>

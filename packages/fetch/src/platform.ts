import type { Clock, RpcFetch } from '@bursar/core'
import type { EventSink } from './events.js'
import type { CapturedBody } from './request/captured-request.js'
import type { Transport } from './transport/transport.js'

/** What differs between Node and the web. Chosen by the `#platform` import condition. */
export interface Platform {
  /** Creates the fastest transport of this platform. */
  createTransport(clock: Clock): Transport
  /** Carries what is read of chains. */
  readonly rpcFetch: RpcFetch
  /** SHA-256 of text followed by a body, in hex. */
  sha256(head: string, body: CapturedBody | undefined): string | Promise<string>
  /** Node's `diagnostics_channel('bursar')`; elsewhere nothing. */
  readonly diagnostics: EventSink
}

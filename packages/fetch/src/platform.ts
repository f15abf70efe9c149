import type { CapturedBody } from './request/captured-request.js'
import type { Transport } from './transport/transport.js'

/** What differs between Node and the web. Chosen by the `#platform` import condition. */
export interface Platform {
  /** The fastest way to send on this platform. */
  createTransport(): Transport & { close(): Promise<void> }
  /** SHA-256 of text followed by a body, in hex. */
  sha256(head: string, body: CapturedBody | undefined): Promise<string>
  /** Publishes to `node:diagnostics_channel` where there is one. */
  publish(event: object): void
}

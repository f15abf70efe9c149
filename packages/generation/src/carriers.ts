/** What every carrier of the translation shares: the proxy, and the fetches for SDKs. */
export type { ImageRelay } from './relays/carried-images.js'
export { generateRelayImages } from './relays/carried-images.js'
export type { RelayApi } from './relays/relay-apis.js'
export { relayApis } from './relays/relay-apis.js'
export { withImageBytes } from './shared/sdk/translated/image-bytes.js'
export type { ImageReading } from './shared/sdk/translated/read-image.js'

import type { Platform } from './platform.js'
import { fetchTransport } from './transport/fetch-transport.js'

/** Browsers and edge runtimes: their own fetch and WebCrypto. */
export const platform: Platform = {
  createTransport: (clock) => fetchTransport((url, init) => globalThis.fetch(url, init), clock),
  rpcFetch: (url, init) => globalThis.fetch(url, init),
  async sha256(head, body) {
    const parts: BlobPart[] = [head]
    if (body?.kind === 'bytes') parts.push(...(body.chunks as Uint8Array<ArrayBuffer>[]))
    else if (body) parts.push(body.blob)
    const digest = await crypto.subtle.digest('SHA-256', await new Blob(parts).arrayBuffer())
    return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  },
  diagnostics: { hasSubscribers: false, publish() {} }
}

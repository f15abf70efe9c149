import type { Platform } from '../platform.js'
import type { CapturedRequest } from './captured-request.js'

/**
 * A hash that is equal for equal calls: method, URL and body. Headers stay out, because SDKs count their
 * retries in them. Only the hash is ever kept, since a URL may hold secrets.
 *
 * @param tenant whose call it is; calls of two tenants are never equal.
 */
export function fingerprint(
  { method, url, body }: CapturedRequest,
  sha256: Platform['sha256'],
  tenant: string | undefined
): string | Promise<string> {
  // As JSON, so that the parts cannot run into each other.
  return sha256(`${JSON.stringify([tenant ?? null, method, url.href])}\n`, body)
}

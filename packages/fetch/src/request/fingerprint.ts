import type { Platform } from '../platform.js'
import type { CapturedRequest } from './captured-request.js'

/**
 * A hash that is equal for equal calls: method, URL and body. Headers stay out, because SDKs count their
 * retries in them. Only the hash is ever kept, since a URL may hold secrets.
 *
 * @param claimant whose call it is; those of others are not equal.
 */
export async function fingerprint(
  request: CapturedRequest,
  sha256: Platform['sha256'],
  claimant = ''
): Promise<string> {
  const head = `${claimant}${request.method} ${request.url.href}\n`
  return sha256(head, request.body)
}

import type { BursarError } from '@bursar/core'
import { rejectArgument } from '../reject-argument.js'

/** Headers that choose the host or the path behind an address, or how the connection is used. */
const choosesHost =
  /^(?:host|:.*|forwarded|via|x-forwarded-.*|x-(?:host|original-.*|rewrite-.*|real-ip|http-method-override)|connection|keep-alive|upgrade|te|trailer|transfer-encoding|content-length|proxy-.*)$/i
/** Headers that carry payments and proofs of the wallet: Bursar alone writes them. */
const carriesCredentials = /^(?:payment-.*|x-payment.*|x-402-.*|sign-in-with-x|x-sign-in-with-x)$/i

/**
 * Checks what a model wants to send.
 *
 * @param secrets of the operator, such as keys and tokens, which a model may have read somewhere and must send nowhere.
 * @throws {BursarError} `request/invalid`
 */
export function checkSent({ url, headers = {}, body = '' }: SentRequest, secrets: readonly string[]): void {
  const sent = [url, decoded(url), body, ...Object.entries(headers).flat()].map((text) => text.toLowerCase())
  const isSecret = secrets.some((secret) => sent.some((text) => text.includes(secret.toLowerCase())))
  if (isSecret) throw rejection('request', 'holds a secret of the operator')
  for (const name of Object.keys(headers)) {
    if (choosesHost.test(name))
      throw rejection(`headers.${name}`, 'chooses where a request goes, which its URL does')
    if (carriesCredentials.test(name))
      throw rejection(`headers.${name}`, 'is for payments, which Bursar makes itself')
  }
}

interface SentRequest {
  readonly url: string
  readonly headers?: Readonly<Record<string, string>> | undefined
  readonly body?: string | undefined
}

function decoded(url: string): string {
  try {
    return decodeURIComponent(url)
  } catch {
    return url
  }
}

/** The value is not shown. */
function rejection(field: string, what: string): BursarError {
  const allowed = 'headers that describe the request, and what its seller gave'
  return rejectArgument({ field, rule: 'sent', what, allowed })
}

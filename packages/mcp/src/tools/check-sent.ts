import type { BursarError } from '@bursar/core'
import { holdsSecret } from '@bursar/local-server'
import { rejectArgument } from '../reject-argument.js'

/** Headers that choose the host or the path behind an address, or how the connection is used. */
const choosesHost =
  /^(?:host|:.*|forwarded|via|x-forwarded-.*|x-(?:http-)?(?:host|method)(?:-override)?|x-(?:original-.*|rewrite-.*|real-ip)|connection|keep-alive|upgrade|te|trailer|transfer-encoding|content-length|proxy-.*)$/i
/** Headers that carry payments and proofs of the wallet: Bursar alone writes them. */
const carriesCredentials = /^(?:payment-.*|x-payment.*|x-402-.*|sign-in-with-x|x-sign-in-with-x)$/i

/**
 * Checks what a model wants to send.
 *
 * @param secrets of the operator, such as keys and tokens, which a model may have read somewhere and must send nowhere: neither
 * as they are nor encoded.
 * @throws {BursarError} `request/invalid`
 */
export function checkSent({ url, headers = {}, body = '' }: SentRequest, secrets: readonly string[]): void {
  if (!URL.canParse(url)) throw noUrl()
  const sent = [url, body, ...Object.entries(headers).flat()]
  if (holdsSecret(sent, secrets)) throw rejection('request', 'holds a secret of the operator')
  for (const given of Object.keys(headers)) {
    // Some servers take one for the other.
    const name = given.replaceAll('_', '-')
    if (choosesHost.test(name))
      throw rejection(`headers.${given}`, 'chooses where a request goes, which its URL does')
    if (carriesCredentials.test(name))
      throw rejection(`headers.${given}`, 'is for payments, which Bursar makes itself')
  }
}

function noUrl(): BursarError {
  const allowed = 'https URLs, such as https://api.example.com/report, and http on this machine'
  return rejectArgument({ field: 'url', rule: 'url', what: 'is no whole URL', allowed })
}

interface SentRequest {
  readonly url: string
  readonly headers?: Readonly<Record<string, string>> | undefined
  readonly body?: string | undefined
}

/** The value is not shown. */
function rejection(field: string, what: string): BursarError {
  const allowed = 'headers that describe the request, and what its seller gave'
  return rejectArgument({ field, rule: 'sent', what, allowed })
}

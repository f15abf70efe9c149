import {
  checkHttpUrl,
  checkOptions,
  checkText,
  checkUsdcAmount,
  type JsonObject,
  type OptionChecks,
  parseJsonObject,
  recordOf,
  responseOf,
  type ServiceBursar
} from '@bursar/core'
import type { Prepaid } from '@bursar/prepaid'
import { retarget } from './retarget.js'
import type { RetargetOptions } from './retarget-options.js'

/** What a retargeted fetch is made with. */
export interface RetargetFetchOptions extends RetargetOptions {
  /**
   * Whose requests are translated; everything else goes on as it is. Default: `https://api.venice.ai`.
   *
   * @example { venice: 'https://venice.example' }
   */
  readonly venice?: string | undefined
}

const retargetChecks: OptionChecks<RetargetFetchOptions> = {
  venice: checkHttpUrl,
  models: recordOf(checkText),
  topUp: checkUsdcAmount
}

/** As much of a Katana client as a script for Venice is translated to. */
export interface RetargetTarget {
  readonly origin: string
  readonly balance: Pick<Prepaid, 'fetch'>
}

/** A fetch of the platform's shape. */
export type RetargetedFetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>

/**
 * Builds a fetch with which a script that was written for Venice runs on Katana as it is: its URLs, headers, wallet
 * proofs, top-ups and the wrappers of its answers are translated into Katana's and back. What has no counterpart is rejected by
 * its name.
 *
 * @example
 * ```ts
 * const send = retargetFetch(bursar, createKatana(bursar), { models: { 'kimi-k2-5': 'qwen3-6-flash' } })
 * ```
 * @throws {TypeError} when `venice` is no URL.
 */
export function retargetFetch(
  bursar: ServiceBursar,
  katana: RetargetTarget,
  given: RetargetFetchOptions = {}
): RetargetedFetch {
  checkOptions(given, retargetChecks)
  const { venice = 'https://api.venice.ai', ...options } = given
  const { origin } = new URL(venice)
  return async (input, init = {}) => {
    // Not by a request made from it: that would take the body, which then could not be sent.
    const url = new URL(typeof input === 'object' && 'url' in input ? input.url : input)
    if (url.origin !== origin) return bursar.fetch(input, init)
    const request = new Request(input, init)
    const sent = await bodyOf(request)
    const { method } = request
    const headers = Object.fromEntries(request.headers)
    // The bursar pays; what the script has signed is for Venice.
    for (const name of paymentHeaders) delete headers[name]
    const translated = retarget({ method, url, headers, ...(sent ? { body: sent } : {}) }, options)
    const { path, body, provesWallet } = translated
    const send = provesWallet ? katana.balance.fetch : bursar.fetch
    const answer = await send(`${katana.origin}${path}`, {
      method,
      headers: translated.headers,
      ...(body ? { body: JSON.stringify(body) } : {}),
      signal: request.signal
    })
    return answer.ok ? rewrapped(answer, translated.answer) : answer
  }
}

const paymentHeaders = ['payment-signature', 'x-402-payment', 'x-payment']

async function bodyOf(request: Request): Promise<JsonObject | undefined> {
  return parseJsonObject(await request.text())
}

async function rewrapped(answer: Response, translate: (body: JsonObject) => JsonObject): Promise<Response> {
  if (!/^application\/json\b/i.test(answer.headers.get('content-type') ?? '')) return answer
  const text = await answer.text()
  const body = parseJsonObject(text)
  const headers = new Headers(answer.headers)
  for (const name of ['content-length', 'content-encoding']) headers.delete(name)
  return responseOf(body ? JSON.stringify(translate(body)) : text, { status: answer.status, headers })
}

import { isJsonObject, type JsonObject } from '@bursar/core'
import type { BursarFetch } from '@bursar/fetch'
import { type RetargetOptions, retarget } from '@bursar/generation/venice'
import type { PaidKatana } from './katana.js'

/** What a retargeted fetch is made from. */
export interface RetargetSetup extends RetargetOptions {
  /** Whose requests are taken. Default `https://api.venice.ai`; everything else goes on as it is. */
  readonly venice?: string
}

/**
 * Builds a fetch with which a script that was written for Venice runs on Katana as it is: its URLs, headers, wallet
 * proofs, top-ups and the wrappers of its answers are turned into Katana's and back. What has no counterpart is refused.
 *
 * @throws {TypeError} when `venice` is no URL.
 */
export function retargetFetch(
  katana: Pick<PaidKatana, 'origin' | 'balance'>,
  pay: BursarFetch,
  { venice = 'https://api.venice.ai', ...options }: RetargetSetup
): BursarFetch {
  const { origin } = new URL(venice)
  return async (input, init = {}) => {
    const request = new Request(input, init)
    const url = new URL(request.url)
    if (url.origin !== origin) return pay(input, init)
    const asked = await bodyOf(request)
    const { method } = request
    const headers = Object.fromEntries(request.headers)
    // It pays by itself; what the script has signed is for somebody else.
    for (const name of paymentHeaders) delete headers[name]
    const turned = retarget({ method, url, headers, ...(asked ? { body: asked } : {}) }, options)
    const { path, body, provesWallet } = turned
    const send = provesWallet ? katana.balance.fetch : pay
    const answer = await send(`${katana.origin}${path}`, {
      method,
      headers: turned.headers,
      ...(body ? { body: JSON.stringify(body) } : {}),
      signal: request.signal
    })
    return answer.ok ? rewrapped(answer, turned.answer) : answer
  }
}

const paymentHeaders = ['payment-signature', 'x-402-payment', 'x-payment']

async function bodyOf(request: Request): Promise<JsonObject | undefined> {
  return parse(await request.text())
}

async function rewrapped(answer: Response, turn: (body: JsonObject) => JsonObject): Promise<Response> {
  if (!/^application\/json\b/i.test(answer.headers.get('content-type') ?? '')) return answer
  const text = await answer.text()
  const body = parse(text)
  const headers = new Headers(answer.headers)
  for (const name of ['content-length', 'content-encoding']) headers.delete(name)
  return new Response(body ? JSON.stringify(turn(body)) : text, { status: answer.status, headers })
}

function parse(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isJsonObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

import { PAYMENT_HEADERS } from '../payment/is-paid.js'
import type { HttpRequest } from '../server/request.js'
import type { HttpResponse } from '../server/response.js'
import { ReplayedStream } from './replayed-stream.js'

/**
 * The request as the web's own class, without the header that paid. Its body must have been read as a whole before.
 */
export async function toWebRequest(request: HttpRequest, url: string): Promise<Request> {
  const hasBody = request.method !== 'GET'
  const headers = request.headers()
  for (const name of PAYMENT_HEADERS) headers.delete(name)
  return new Request(url, {
    method: request.method,
    headers,
    ...(hasBody ? { body: new Uint8Array(await request.body.whole()) } : {})
  })
}

/**
 * A response of the web's own class, as the gateway sends it: a stream of events as it comes, anything else as a whole.
 *
 * @param streams whether events are sent before all of them are there.
 * @throws {TypeError} when it is none.
 */
export async function fromWebResponse(
  response: Response,
  { streams }: { readonly streams: boolean }
): Promise<HttpResponse> {
  if (typeof response?.arrayBuffer !== 'function') throw new TypeError('it returned no Response')
  const { status, headers, body } = response
  const { 'set-cookie': _, ...others } = Object.fromEntries(headers)
  const head = { status, headers: others, cookies: headers.getSetCookie() }
  const isStream = headers.get('content-type')?.startsWith('text/event-stream')
  if (streams && isStream && body) return { ...head, body: new ReplayedStream(body) }
  return { ...head, body: new Uint8Array(await response.arrayBuffer()) }
}

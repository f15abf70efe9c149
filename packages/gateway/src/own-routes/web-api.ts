import { PAYMENT_HEADERS } from '../payment/is-paid.js'
import type { HttpRequest } from '../server/request.js'
import type { HttpResponse } from '../server/response.js'

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

/** A response of the web's own class, as the gateway sends it. */
export async function fromWebResponse(response: Response): Promise<HttpResponse> {
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: new Uint8Array(await response.arrayBuffer())
  }
}

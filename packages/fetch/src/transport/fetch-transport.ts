import { abortable, type Clock, eitherSignal } from '@bursar/core'
import type { CapturedBody } from '../request/captured-request.js'
import { FetchResponse } from './fetch-response.js'
import { HeadersTimeout, type OutgoingRequest, type Transport } from './transport.js'

/** What a fetch is called with. */
type FetchInit = RequestInit & { readonly signal: AbortSignal }

/** Any function that behaves like fetch. */
export type FetchLike = (url: string, init: FetchInit) => Promise<Response>

/** Sends through a fetch: the platform's own in browsers and edge runtimes, or one that the user brings. */
export function fetchTransport(fetch: FetchLike, clock: Clock): Transport {
  return {
    async send(outgoing) {
      const { request, timeoutMs } = outgoing
      const timeout = new AbortController()
      const ended = new AbortController()
      clock.sleep(timeoutMs, ended.signal).then(
        () => timeout.abort(new HeadersTimeout()),
        () => {}
      )
      const signal = eitherSignal(request.signal, timeout.signal)
      try {
        // A fetch that does not obey its signal is not waited for.
        const answering = fetch(request.url.href, initOf(outgoing, signal))
        const response = await abortable(answering, signal, { onLate: async (late) => late.body?.cancel() })
        return new FetchResponse(response, outgoing, clock)
      } catch (error) {
        throw signal.aborted ? signal.reason : error
      } finally {
        ended.abort('ended')
      }
    }
  }
}

function initOf({ request, payment, platformFollows }: OutgoingRequest, signal: AbortSignal): FetchInit {
  const headers = new Headers(request.headers.map(([name, value]): [string, string] => [name, value]))
  if (payment) headers.set(payment.name, payment.value)
  if (payment?.also) headers.set(payment.also.name, payment.also.value)
  return {
    ...request.extra,
    method: request.method,
    headers,
    body: request.body ? bodyOf(request.body) : null,
    redirect: platformFollows ? request.redirect : 'manual',
    signal
  }
}

function bodyOf(body: CapturedBody): BodyInit {
  if (body.kind === 'blob') return body.blob
  const chunks = body.chunks as Uint8Array<ArrayBuffer>[]
  const [only] = chunks
  return chunks.length === 1 && only ? only : new Blob(chunks)
}

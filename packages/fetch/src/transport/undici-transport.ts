import { setMaxListeners } from 'node:events'
import { Readable } from 'node:stream'
import type { Dispatcher } from 'undici'
import type { CapturedBody } from '../request/captured-request.js'
import type { Answer } from './answer.js'
import { ACCEPT_ENCODING } from './decompress.js'
import { HeadersTimeout, HeadersTooLarge, type Sending } from './transport.js'
import { UndiciAnswer } from './undici-answer.js'

type Headers = Record<string, string | string[]>

/**
 * Sends through an undici dispatcher, one level below `request`, so that the answer to an unpaid request
 * costs neither a stream nor a `Response`.
 *
 * @param onDone told once when the connection is done with it, however that ended.
 */
export function sendThrough(
  dispatcher: Pick<Dispatcher, 'dispatch'>,
  sending: Sending,
  onDone = () => {}
): Promise<Answer> {
  const { request } = sending
  const { signal } = request
  return new Promise<Answer>((resolve, reject) => {
    if (signal?.aborted) {
      onDone()
      return reject(signal.reason)
    }
    let controller: Dispatcher.DispatchController | undefined
    let answer: UndiciAnswer | undefined
    const onAbort = (): void => controller?.abort(asError(signal?.reason))
    const finish = (): void => {
      signal?.removeEventListener('abort', onAbort)
      onDone()
    }
    if (signal) {
      // One for each call that shares the signal is no leak.
      setMaxListeners(0, signal)
      signal.addEventListener('abort', onAbort, { once: true })
    }
    dispatcher.dispatch(
      {
        origin: request.url.origin,
        path: request.url.pathname + request.url.search,
        method: request.method as Dispatcher.HttpMethod,
        headers: headersOf(sending),
        body: bodyOf(request.body),
        // A dispatcher of the caller's may be composed with redirects: never with a payment in hand.
        ...{ maxRedirections: 0 },
        headersTimeout: sending.timeoutMs,
        bodyTimeout: 0
      },
      {
        onRequestStart(each) {
          controller = each
          if (signal?.aborted) onAbort()
        },
        onResponseStart(each, status, headers, statusText) {
          if (status < 200) return
          answer = new UndiciAnswer(status, statusText ?? '', headers, each, {
            method: request.method,
            url: request.url.href
          })
          resolve(answer)
        },
        onResponseData: (_each, chunk) => answer?.body.push(chunk),
        onResponseEnd() {
          finish()
          answer?.body.end()
        },
        onResponseError(_each, error) {
          finish()
          const reason = signal?.aborted ? signal.reason : named(error)
          answer?.body.end(reason)
          reject(reason)
        }
      }
    )
  })
}

function headersOf({ request, payment }: Sending): Headers {
  const headers: Headers = { accept: '*/*', 'accept-encoding': ACCEPT_ENCODING, 'user-agent': 'bursar' }
  const seen = new Set<string>()
  for (const [name, value] of request.headers) {
    headers[name] = seen.has(name) ? `${headers[name]}${name === 'cookie' ? '; ' : ', '}${value}` : value
    seen.add(name)
  }
  if (request.body) headers['content-length'] = String(request.body.size)
  if (payment) headers[payment.name] = payment.value
  return headers
}

function bodyOf(body: CapturedBody | undefined): Uint8Array | Readable | null {
  if (!body) return null
  if (body.kind === 'blob') return Readable.from(body.blob.stream())
  const [only] = body.chunks
  return body.chunks.length === 1 && only ? only : Readable.from(body.chunks)
}

function named(error: Error): Error {
  const code = 'code' in error ? error.code : undefined
  if (code === 'UND_ERR_HEADERS_TIMEOUT') return new HeadersTimeout()
  return code === 'UND_ERR_HEADERS_OVERFLOW' ? new HeadersTooLarge() : error
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new DOMException('The operation was aborted', 'AbortError')
}

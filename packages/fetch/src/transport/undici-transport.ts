import { setMaxListeners } from 'node:events'
import { Readable } from 'node:stream'
import { isError } from '@bursar/core'
import type { Dispatcher } from 'undici'
import type { CapturedBody } from '../request/captured-request.js'
import { ACCEPT_ENCODING } from './decompress.js'
import type { IncomingResponse } from './incoming-response.js'
import { HeadersTimeout, HeadersTooLarge, type OutgoingRequest } from './transport.js'
import { nextTurn } from './turns.js'
import { type UndiciHead, UndiciResponse } from './undici-response.js'

type Headers = Record<string, string | string[]>

/**
 * Sends through an undici dispatcher, one level below `request`, so that the answer to an unpaid request
 * costs neither a stream nor a `Response`.
 *
 * @param onDone called once, when the connection is done with the request, however that ended.
 */
export function sendThrough(
  dispatcher: Pick<Dispatcher, 'dispatch'>,
  outgoing: OutgoingRequest,
  onDone = () => {}
): Promise<IncomingResponse> {
  return new Promise<IncomingResponse>((resolve, reject) => {
    const exchange = new Exchange(outgoing, { resolve, reject, onDone })
    try {
      outgoing.request.signal?.throwIfAborted()
      dispatcher.dispatch(dispatchOptions(outgoing), exchange)
      exchange.limitWait()
    } catch (error) {
      exchange.fail(error)
    }
  })
}

/** The listener of an exchange. */
interface ExchangeListener {
  resolve(response: IncomingResponse): void
  reject(reason: unknown): void
  onDone(): void
}

/** One request and its answer, as undici reports them. */
class Exchange implements Dispatcher.DispatchHandler {
  readonly #outgoing: OutgoingRequest
  readonly #listener: ExchangeListener
  #controller: Dispatcher.DispatchController | undefined
  #response: UndiciResponse | undefined
  #isDone = false
  #wait: NodeJS.Timeout | undefined

  constructor(outgoing: OutgoingRequest, listener: ExchangeListener) {
    this.#outgoing = outgoing
    this.#listener = listener
    const { signal } = outgoing.request
    if (!signal) return
    // Many calls may share one signal; their listeners are no leak.
    setMaxListeners(0, signal)
    signal.addEventListener('abort', this.#onAbort, { once: true })
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller
    clearTimeout(this.#wait)
    if (this.#signal?.aborted) this.#onAbort()
    else if (this.#isDone) controller.abort(new HeadersTimeout())
  }

  /**
   * Undici's time limits begin once a request has a connection. Where one is free, that is at once or within this turn of the
   * event loop, so that most requests need no timer for it.
   */
  limitWait(): void {
    if (this.#isUnderWay) return
    nextTurn(() => {
      if (this.#isUnderWay) return
      this.#wait = setTimeout(() => this.fail(new HeadersTimeout()), this.#outgoing.timeoutMs)
    })
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    headers: UndiciHead['headers'],
    statusText = ''
  ): void {
    if (status < 200) return
    this.#response = new UndiciResponse({ status, statusText, headers }, controller, this.#outgoing)
    this.#listener.resolve(this.#response)
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#response?.body.push(chunk)
  }

  onResponseEnd(): void {
    this.#finish()
    this.#response?.body.end()
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.fail(this.#signal?.aborted ? this.#signal.reason : timeoutOf(error))
  }

  fail(reason: unknown): void {
    this.#finish()
    this.#response?.body.end(reason)
    this.#listener.reject(reason)
  }

  /** Whether it has a connection, or has ended. */
  get #isUnderWay(): boolean {
    return this.#controller !== undefined || this.#isDone
  }

  get #signal(): AbortSignal | undefined {
    return this.#outgoing.request.signal
  }

  readonly #onAbort = (): void => {
    const reason: unknown = this.#signal?.reason
    this.#controller?.abort(
      isError(reason) ? reason : new DOMException('The operation was aborted', 'AbortError')
    )
    // Until it has a connection, nobody else reports the abort. Given one later, it is aborted before anything is sent.
    if (!this.#controller) this.fail(reason)
  }

  #finish(): void {
    if (this.#isDone) return
    this.#isDone = true
    clearTimeout(this.#wait)
    this.#signal?.removeEventListener('abort', this.#onAbort)
    this.#listener.onDone()
  }
}

/** Undici's options, with that of its redirect interceptor, which its types leave out. */
interface DispatchOptions extends Dispatcher.DispatchOptions {
  readonly maxRedirections: number
}

function dispatchOptions(outgoing: OutgoingRequest): DispatchOptions {
  const { request, timeoutMs, idleBodyMs = 0 } = outgoing
  return {
    origin: request.url.origin,
    path: request.url.pathname + request.url.search,
    method: request.method,
    headers: headersOf(outgoing),
    body: bodyOf(request.body),
    // The caller's dispatcher may follow redirects; a paid request must not be redirected.
    maxRedirections: 0,
    headersTimeout: timeoutMs,
    bodyTimeout: idleBodyMs
  }
}

function headersOf({ request, payment }: OutgoingRequest): Headers {
  const headers: Headers = { accept: '*/*', 'accept-encoding': ACCEPT_ENCODING, 'user-agent': 'bursar' }
  const seen = new Set<string>()
  for (const [name, value] of request.headers) {
    headers[name] = seen.has(name) ? `${headers[name]}${name === 'cookie' ? '; ' : ', '}${value}` : value
    seen.add(name)
  }
  if (request.body) headers['content-length'] = String(request.body.size)
  if (payment) headers[payment.name] = payment.value
  if (payment?.also) headers[payment.also.name] = payment.also.value
  return headers
}

function bodyOf(body: CapturedBody | undefined): Uint8Array | Readable | null {
  if (!body) return null
  if (body.kind === 'blob') return Readable.from(body.blob.stream())
  const [only] = body.chunks
  return body.chunks.length === 1 && only ? only : Readable.from(body.chunks)
}

/** Undici's errors, as every transport names them. */
function timeoutOf(error: Error): Error {
  const code = 'code' in error ? error.code : undefined
  if (code === 'UND_ERR_HEADERS_TIMEOUT') return new HeadersTimeout()
  return code === 'UND_ERR_HEADERS_OVERFLOW' ? new HeadersTooLarge() : error
}

import { type Clock, responseOf, type TimeLimit, within } from '@bursar/core'
import { bodyStream, type ChunkSource } from './body-stream.js'
import type { BodyObserver, IncomingResponse, TextLimits } from './incoming-response.js'
import { withAddress } from './response-address.js'
import { BodyTimeout, type OutgoingRequest } from './transport.js'

/** An answer that some fetch gave as a `Response`. */
export class FetchResponse implements IncomingResponse {
  #response: Response
  readonly #outgoing: OutgoingRequest
  readonly #clock: Clock

  constructor(response: Response, outgoing: OutgoingRequest, clock: Clock) {
    this.#response = response
    this.#outgoing = outgoing
    this.#clock = clock
  }

  get status(): number {
    return this.#response.status
  }

  get statusText(): string {
    return this.#response.statusText
  }

  header(name: string): string | undefined {
    return this.#response.headers.get(name) ?? undefined
  }

  async text({ maxBytes, timeoutMs }: TextLimits): Promise<string | undefined> {
    const { body } = this.#response
    if (!body) return ''
    const [read, rest] = body.tee()
    this.#response = withBody(this.#response, rest)
    const reader = read.getReader()
    // Neither cancellation is awaited: each branch of a tee ends only when the other does.
    const giveUp = (): void => void reader.cancel().catch(() => {})
    try {
      const text = await within(readText(reader, maxBytes), this.#limit(timeoutMs))
      if (text === undefined) giveUp()
      return text
    } catch (failure) {
      giveUp()
      void this.discard()
      throw failure
    }
  }

  /** Not waited for: a body of a fetch that the user brings may never say that it was cancelled. */
  async discard(): Promise<void> {
    this.#response.body?.cancel().catch(() => {})
  }

  async toResponse(observer?: BodyObserver): Promise<Response> {
    const { url } = this.#response
    const redirected = this.#response.redirected || this.#outgoing.request.redirected
    const { body } = this.#response
    if (body && observer) {
      const stream = bodyStream(chunksOf(body, this.#idleLimit()), observer)
      return withAddress(withBody(this.#response, stream), { url, redirected })
    }
    await observer?.onComplete()
    return redirected ? withAddress(this.#response, { url, redirected }) : this.#response
  }

  #limit(ms: number): TimeLimit {
    return { ms, clock: this.#clock, late: () => new BodyTimeout() }
  }

  #idleLimit(): TimeLimit | undefined {
    const { idleBodyMs } = this.#outgoing
    return idleBodyMs === undefined ? undefined : this.#limit(idleBodyMs)
  }
}

function withBody(response: Response, body: ReadableStream<Uint8Array>): Response {
  const { status, statusText, headers, url, redirected } = response
  return withAddress(responseOf(body, { status, statusText, headers }), { url, redirected })
}

async function readText(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  maxBytes: number
): Promise<string | undefined> {
  const decoder = new TextDecoder()
  let text = ''
  let size = 0
  for (let step = await reader.read(); !step.done; step = await reader.read()) {
    size += step.value.byteLength
    if (size > maxBytes) return undefined
    text += decoder.decode(step.value, { stream: true })
  }
  return text + decoder.decode()
}

function chunksOf(body: ReadableStream<Uint8Array>, limit: TimeLimit | undefined): ChunkSource {
  const reader = body.getReader()
  return {
    async next() {
      try {
        const step = reader.read()
        const { done, value } = await (limit ? within(step, limit) : step)
        return done ? undefined : value
      } catch (failure) {
        reader.cancel(failure).catch(() => {})
        throw failure
      }
    },
    cancel: (reason) => reader.cancel(reason)
  }
}

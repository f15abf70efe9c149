import type { Answer, OnEnd } from './answer.js'

/** An answer that some fetch gave as a `Response`. */
export class FetchAnswer implements Answer {
  #response: Response

  constructor(response: Response) {
    this.#response = response
  }

  get status(): number {
    return this.#response.status
  }

  header(name: string): string | undefined {
    return this.#response.headers.get(name) ?? undefined
  }

  async text(maxBytes: number): Promise<string | undefined> {
    const { body } = this.#response
    if (!body) return ''
    const [read, rest] = body.tee()
    this.#response = copyOf(this.#response, rest)
    const reader = read.getReader()
    const decoder = new TextDecoder()
    let text = ''
    let size = 0
    for (let step = await reader.read(); !step.done; step = await reader.read()) {
      size += step.value.byteLength
      if (size > maxBytes) {
        // Not awaited: a teed branch cancels only when the other is read or cancelled too.
        reader.cancel().catch(() => {})
        return undefined
      }
      text += decoder.decode(step.value, { stream: true })
    }
    return text + decoder.decode()
  }

  async discard(): Promise<void> {
    await this.#response.body?.cancel().catch(() => {})
  }

  toResponse(onEnd?: OnEnd): Response {
    const { body } = this.#response
    if (body && onEnd) return copyOf(this.#response, watched(body, onEnd))
    void onEnd?.()
    return this.#response
  }
}

function copyOf(response: Response, body: ReadableStream<Uint8Array>): Response {
  const { status, statusText, headers, url, redirected } = response
  const copy = new Response(body, { status, statusText, headers })
  Object.defineProperties(copy, { url: { value: url }, redirected: { value: redirected } })
  return copy
}

function watched(body: ReadableStream<Uint8Array>, onEnd: OnEnd): ReadableStream<Uint8Array> {
  const reader = body.getReader()
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const step = await reader.read()
          if (!step.done) return controller.enqueue(step.value)
          controller.close()
          void onEnd()
        } catch (failure) {
          await onEnd(failure)
          controller.error(failure)
        }
      },
      async cancel(reason) {
        void onEnd(reason instanceof Error ? reason : undefined)
        await reader.cancel(reason)
      }
    },
    { highWaterMark: 0 }
  )
}

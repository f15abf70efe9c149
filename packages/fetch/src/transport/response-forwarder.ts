import { isError } from '@bursar/core'
import type { Dispatcher } from 'undici'
import { isCompressed } from './decompress.js'

/** Forwards a `Response` to an undici handler, with back-pressure and aborts. */
export class ResponseForwarder {
  readonly #handler: Dispatcher.DispatchHandler
  readonly #controller = new ForwardController()

  constructor(handler: Dispatcher.DispatchHandler) {
    this.#handler = handler
    handler.onRequestStart?.(this.#controller, {})
  }

  /** Aborts the call when the handler does. */
  get signal(): AbortSignal {
    return this.#controller.signal
  }

  async forward(response: Response): Promise<void> {
    const { status, statusText } = response
    const reader = response.body?.getReader()
    try {
      this.#handler.onResponseStart?.(this.#controller, status, headersOf(response), statusText)
      for (let step = await reader?.read(); step && !step.done; step = await reader?.read()) {
        this.signal.throwIfAborted()
        this.#handler.onResponseData?.(this.#controller, Buffer.from(step.value))
        if (!this.#controller.paused) continue
        await this.#controller.resumed()
        this.signal.throwIfAborted()
      }
      this.#handler.onResponseEnd?.(this.#controller, {})
    } catch (error) {
      // A handler that fails reads no further: the connection is let go of, and the call has no answer.
      reader?.cancel(error).catch(() => {})
      this.fail(error)
    }
  }

  fail(error: unknown): void {
    const reason = isError(error) ? error : new TypeError('The call failed', { cause: error })
    this.#handler.onResponseError?.(this.#controller, reason)
  }
}

/** Lets the handler pause, resume and abort. */
class ForwardController implements Dispatcher.DispatchController {
  readonly #abort = new AbortController()
  #isPaused = false
  #wake: (() => void) | undefined

  get signal(): AbortSignal {
    return this.#abort.signal
  }

  get aborted(): boolean {
    return this.signal.aborted
  }

  get paused(): boolean {
    return this.#isPaused
  }

  get reason(): Error | null {
    const reason: unknown = this.signal.reason
    return isError(reason) ? reason : null
  }

  /** A handler that has paused may abort, and resumes no more. */
  readonly abort = (reason: Error): void => {
    this.#abort.abort(reason)
    this.#wake?.()
  }

  readonly pause = (): void => {
    this.#isPaused = true
  }

  readonly resume = (): void => {
    this.#isPaused = false
    this.#wake?.()
  }

  /** Resolves when the handler resumes, or aborts. */
  resumed(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve
    })
  }
}

/** What says how a body was compressed, and how long it was then. */
const CODED = ['content-encoding', 'content-length']

/** The headers of a body that is handed on decompressed: undici's fetch would decompress it once more. */
function headersOf(response: Response): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = {}
  const isDecoded =
    response.body !== null && isCompressed(response.headers.get('content-encoding') ?? undefined)
  for (const [name, value] of response.headers)
    if (name !== 'set-cookie' && !(isDecoded && CODED.includes(name))) headers[name] = value
  const cookies = response.headers.getSetCookie()
  if (cookies.length > 0) headers['set-cookie'] = cookies
  return headers
}

import type { Dispatcher } from 'undici'

/** Forwards a `Response` to an undici handler, with back-pressure and aborts. */
export class ResponseForwarder {
  readonly #handler: Dispatcher.DispatchHandler
  readonly #abort = new AbortController()
  readonly #controller: Dispatcher.DispatchController
  #paused = false
  #wake: (() => void) | undefined

  constructor(handler: Dispatcher.DispatchHandler) {
    this.#handler = handler
    const abort = this.#abort
    const self = this
    this.#controller = {
      get aborted() {
        return abort.signal.aborted
      },
      get paused() {
        return self.#paused
      },
      get reason() {
        return abort.signal.reason instanceof Error ? abort.signal.reason : null
      },
      abort: (reason) => abort.abort(reason),
      pause: () => {
        this.#paused = true
      },
      resume: () => {
        this.#paused = false
        this.#wake?.()
      }
    } as Dispatcher.DispatchController
    handler.onRequestStart?.(this.#controller, {})
  }

  /** Aborts the call when the handler does. */
  get signal(): AbortSignal {
    return this.#abort.signal
  }

  async forward(response: Response): Promise<void> {
    const { status, statusText } = response
    try {
      this.#handler.onResponseStart?.(this.#controller, status, headersOf(response), statusText)
      const reader = response.body?.getReader()
      for (let step = await reader?.read(); step && !step.done; step = await reader?.read()) {
        this.#abort.signal.throwIfAborted()
        this.#handler.onResponseData?.(this.#controller, Buffer.from(step.value))
        if (this.#paused) await new Promise<void>((resolve) => (this.#wake = resolve))
      }
      this.#handler.onResponseEnd?.(this.#controller, {})
    } catch (error) {
      this.fail(error)
    }
  }

  fail(error: unknown): void {
    const reason = error instanceof Error ? error : new TypeError('The call failed', { cause: error })
    this.#handler.onResponseError?.(this.#controller, reason)
  }
}

function headersOf(response: Response): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = {}
  for (const [name, value] of response.headers) if (name !== 'set-cookie') headers[name] = value
  const cookies = response.headers.getSetCookie()
  if (cookies.length > 0) headers['set-cookie'] = cookies
  return headers
}

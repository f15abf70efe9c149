/** How long a call may take. */
export interface CallTime {
  /** Aborts when the proxy stops. */
  readonly stopping: AbortSignal
  readonly timeoutMs: number
}

/**
 * Runs a call with a signal that aborts when the proxy stops or the call takes too long, and lets go of both at its end. The
 * platform's `AbortSignal.any` and `AbortSignal.timeout` are let go of only when all memory is collected: until then, the timer
 * of every call runs for ten minutes, and the proxy's signal knows the call.
 */
export async function withSignal<Value>(
  { stopping, timeoutMs }: CallTime,
  run: (signal: AbortSignal) => Promise<Value>
): Promise<Value> {
  stopping.throwIfAborted()
  const call = new AbortController()
  const stop = (): void => call.abort(stopping.reason)
  const late = (): void => call.abort(new DOMException('The call took too long', 'TimeoutError'))
  const timer = setTimeout(late, timeoutMs).unref()
  stopping.addEventListener('abort', stop)
  try {
    return await run(call.signal)
  } finally {
    clearTimeout(timer)
    stopping.removeEventListener('abort', stop)
  }
}

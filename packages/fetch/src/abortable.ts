/**
 * Waits for a step until the caller's signal aborts. The step itself goes on; its late result is passed to `onLate`,
 * which handles it in the background.
 *
 * @throws the reason of the signal.
 */
export function abortable<Value>(
  signal: AbortSignal | undefined,
  step: Promise<Value>,
  onLate: (value: Value) => Promise<unknown> = async () => {}
): Promise<Value> {
  if (!signal) return step
  return new Promise<Value>((resolve, reject) => {
    const onAbort = (): void => {
      reject(signal.reason)
      step.then(onLate).catch(() => {})
    }
    if (signal.aborted) return onAbort()
    signal.addEventListener('abort', onAbort, { once: true })
    const stopListening = (): void => signal.removeEventListener('abort', onAbort)
    step.then(resolve, reject).finally(stopListening)
  })
}

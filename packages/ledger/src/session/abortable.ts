/**
 * Waits for a step no longer than the caller does.
 *
 * @param onAbort called with the step, which goes on, when the caller gives up first.
 * @throws the reason of the signal.
 */
export function abortable<Value>(
  signal: AbortSignal | undefined,
  step: Promise<Value>,
  onAbort: (step: Promise<Value>) => void = () => {}
): Promise<Value> {
  if (!signal) return step
  return new Promise<Value>((resolve, reject) => {
    const giveUp = (): void => {
      onAbort(step)
      reject(signal.reason)
    }
    if (signal.aborted) {
      step.catch(() => {})
      return giveUp()
    }
    signal.addEventListener('abort', giveUp, { once: true })
    const stopListening = (): void => signal.removeEventListener('abort', giveUp)
    step.then(resolve, reject).finally(stopListening)
  })
}

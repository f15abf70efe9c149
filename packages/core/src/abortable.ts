/** What happens to a step when its caller gives up first. */
export interface AbandonedStep<Value> {
  /** Called at once. */
  readonly onAbort?: () => void
  /** Called with the step's late result, in the background. Its failure is ignored, as that of the step. */
  readonly onLate?: (value: Value) => Promise<unknown>
}

/**
 * Waits for a step until the caller's signal aborts. The step itself goes on, since others may share it.
 *
 * @throws the signal's reason, once it is aborted.
 */
export function abortable<Value>(
  step: Promise<Value>,
  signal: AbortSignal | undefined,
  abandoned: AbandonedStep<Value> = {}
): Promise<Value> {
  if (!signal) return step
  return new Promise<Value>((resolve, reject) => {
    const giveUp = (): void => {
      reject(signal.reason)
      abandoned.onAbort?.()
      step.then(abandoned.onLate).catch(() => {})
    }
    if (signal.aborted) return giveUp()
    signal.addEventListener('abort', giveUp, { once: true })
    const stopListening = (): void => signal.removeEventListener('abort', giveUp)
    step.then(
      (value) => {
        stopListening()
        resolve(value)
      },
      (error) => {
        stopListening()
        reject(error)
      }
    )
  })
}

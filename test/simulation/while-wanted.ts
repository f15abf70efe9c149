/** Waits for something no longer than a signal allows. @throws the signal's reason. */
export function whileWanted<Value>(signal: AbortSignal | undefined, step: Promise<Value>): Promise<Value> {
  if (!signal) return step
  return new Promise((resolve, reject) => {
    const giveUp = (): void => reject(signal.reason)
    if (signal.aborted) giveUp()
    signal.addEventListener('abort', giveUp, { once: true })
    step.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp))
  })
}

/**
 * Waits for work that others may share: a caller whose signal aborts stops waiting, and the work goes on.
 *
 * @throws the signal's reason, once it is aborted.
 */
export async function abortable<Value>(
  work: Promise<Value>,
  signal: AbortSignal | undefined
): Promise<Value> {
  if (!signal) return work
  // A caller that has stopped waiting does not handle a later failure.
  work.catch(() => {})
  signal.throwIfAborted()
  let onAbort = (): void => {}
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason)
    signal.addEventListener('abort', onAbort, { once: true })
  })
  try {
    return await Promise.race([work, aborted])
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}

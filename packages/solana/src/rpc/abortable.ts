/** Waits for work that others may share: whoever aborts stops waiting, and the work goes on. */
export async function abortable<Value>(
  work: Promise<Value>,
  signal: AbortSignal | undefined
): Promise<Value> {
  if (!signal) return work
  // Whoever is gone already does not hear of its failure.
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

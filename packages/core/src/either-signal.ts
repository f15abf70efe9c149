/**
 * A signal that is aborted with the first of two, for the reason of that one. Next's edge runtime and Safari before 17.4 have no
 * `AbortSignal.any`.
 *
 * @returns the other signal itself where there is no first.
 */
export function eitherSignal(one: AbortSignal | undefined, other: AbortSignal): AbortSignal {
  if (!one) return other
  const signals = [one, other]
  if (AbortSignal.any) return AbortSignal.any(signals)
  const either = new AbortController()
  for (const signal of signals) {
    const abort = (): void => either.abort(signal.reason)
    if (signal.aborted) abort()
    // A signal that outlives many calls keeps nothing of those that were aborted.
    else signal.addEventListener('abort', abort, { once: true, signal: either.signal })
  }
  return either.signal
}

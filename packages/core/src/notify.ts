/**
 * Calls a listener of the user's. An error that it throws, or rejects with, becomes a warning: it must neither lose what is
 * being paid for nor end the process.
 *
 * @param what names the listener in the warning: `onUpdate`.
 */
export async function notify<Value>(
  listener: ((value: Value) => unknown) | undefined,
  value: Value,
  what: string
): Promise<void> {
  if (!listener) return
  try {
    await listener(value)
  } catch (error) {
    warn(`Bursar called ${what}, which failed: ${textOf(error)}`)
  }
}

/** Anything may have been thrown, also what has no text. */
function textOf(error: unknown): string {
  try {
    return String(error)
  } catch {
    return typeof error
  }
}

/** Node shows a warning once on its standard error; pages have a console. */
function warn(message: string): void {
  const process: unknown = Reflect.get(globalThis, 'process')
  if (typeof process === 'object' && process !== null && 'emitWarning' in process) {
    if (typeof process.emitWarning === 'function') process.emitWarning(message, 'BursarWarning')
  } else console.warn(message)
}

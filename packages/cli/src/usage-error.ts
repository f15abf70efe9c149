/** The command line, a setting, or a file of the command is wrong. Nothing was done. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/**
 * Calls a function with what the user typed. A `TypeError` is then the user's mistake, and not a bug.
 *
 * @throws {UsageError}
 */
export function checkUsage<Value>(call: () => Value): Value {
  try {
    return call()
  } catch (error) {
    return throwUsage(error)
  }
}

/** As {@link checkUsage}, for what a promise was rejected with. @throws {UsageError} */
export function throwUsage(error: unknown): never {
  throw error instanceof TypeError ? new UsageError(error.message, { cause: error }) : error
}

import { checkFunction, checkObject, type OptionChecks, wholeNumberFrom } from '@bursar/core'
import type { WatchOptions } from './job.js'

/** Ten days: no job of any service runs for longer. */
const MAX_TIMEOUT_MS = 864_000_000

/** Checks a timeout in milliseconds. */
export const checkTimeoutMs = wholeNumberFrom(1, MAX_TIMEOUT_MS)

/** The options of {@link WatchOptions}. */
export const watchChecks: OptionChecks<WatchOptions> = {
  timeoutMs: checkTimeoutMs,
  onUpdate: checkFunction,
  signal: checkObject
}

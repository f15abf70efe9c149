import { checkFunction, checkObject, type OptionChecks, oneOf, wholeNumberFrom } from '@bursar/core'
import type { SaveOptions } from './save-options.js'

/** The options of {@link SaveOptions}. */
export const saveChecks: OptionChecks<SaveOptions> = {
  existing: oneOf('refuse', 'keep'),
  onProgress: checkFunction,
  onExpiring: checkFunction,
  warnBeforeMs: wholeNumberFrom(0, Number.MAX_SAFE_INTEGER),
  maxBytes: wholeNumberFrom(1, Number.MAX_SAFE_INTEGER),
  stallMs: wholeNumberFrom(1, 3_600_000),
  retries: wholeNumberFrom(0, 1000),
  signal: checkObject
}

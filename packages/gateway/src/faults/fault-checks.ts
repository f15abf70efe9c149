import {
  checkFlag,
  checkFunction,
  checkHttpUrl,
  type OptionChecks,
  oneOf,
  wholeNumberFrom
} from '@bursar/core'
import type { FaultOptions } from './fault-options.js'

/** What {@link FaultOptions} may hold. */
export const faultChecks: OptionChecks<FaultOptions> = {
  times: wholeNumberFrom(1, 1_000_000),
  match: checkFunction,
  leg: oneOf('unpaid', 'paid', 'any'),
  delayMs: wholeNumberFrom(0, 86_400_000),
  when: oneOf('request', 'settled'),
  to: checkHttpUrl,
  factor: wholeNumberFrom(0, 1_000_000),
  offsetSeconds: wholeNumberFrom(-10_000_000_000, 10_000_000_000),
  bytes: wholeNumberFrom(0, 1_000_000_000),
  how: oneOf('base64', 'json', 'accepts'),
  lands: checkFlag,
  expires: checkFlag
}

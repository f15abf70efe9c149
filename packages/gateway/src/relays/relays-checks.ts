import {
  checkText,
  checkUsdcAmount,
  listOf,
  type OptionChecks,
  oneOf,
  optionsOf,
  wholeNumberFrom
} from '@bursar/core'
import type { RelayAccount } from './accounts.js'
import type { RelaysOptions } from './options.js'

const accountChecks: OptionChecks<RelayAccount> = {
  key: checkText,
  usd: checkUsdcAmount,
  expiresAtMs: wholeNumberFrom(0, Number.MAX_SAFE_INTEGER)
}

/** What {@link RelaysOptions} may hold. */
export const relaysChecks: OptionChecks<RelaysOptions> = {
  accounts: listOf(optionsOf(accountChecks)),
  taskMs: wholeNumberFrom(0, 86_400_000),
  wanStream: oneOf('json', 'events')
}

import {
  checkText,
  checkUsdcAmount,
  listOf,
  type OptionChecks,
  oneOf,
  optionsOf,
  recordOf,
  unchecked,
  wholeNumberFrom
} from '@bursar/core'
import type { KatanaAccount } from './billing/accounts.js'
import { videoRuleNames } from './generation/video-rules.js'
import type { KatanaOptions } from './options.js'

const accountChecks: OptionChecks<KatanaAccount> = { key: checkText, secret: checkText, credits: checkText }

/** What {@link KatanaOptions} may hold. */
export const katanaChecks: OptionChecks<KatanaOptions> = {
  gasUsd: checkUsdcAmount,
  solanaGasUsd: checkUsdcAmount,
  generationMs: wholeNumberFrom(0, 86_400_000),
  echo: oneOf('verbatim', 'documented'),
  loneCredential: oneOf('reject', 'ignore'),
  modelKeys: oneOf('accept', 'reject'),
  accounts: listOf(optionsOf(accountChecks)),
  proofMaxAgeSeconds: wholeNumberFrom(0, 86_400),
  // Which statuses there are is said where routes are given them.
  statuses: recordOf(unchecked),
  rulesOff: listOf(oneOf(...videoRuleNames)),
  proofTimes: oneOf('reject', 'ignore'),
  stateFile: checkText,
  tokens: oneOf('characters', 'bytes')
}

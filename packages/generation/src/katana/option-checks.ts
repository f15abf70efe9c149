import {
  checkClock,
  checkFlag,
  checkFunction,
  checkHttpUrl,
  checkObject,
  type OptionChecks,
  oneOf,
  recordOf,
  unchecked
} from '@bursar/core'
import { watchChecks } from '../shared/job/watch-checks.js'
import type { CallOptions } from './call-options.js'
import type { KatanaClientOptions } from './katana-client-options.js'
import type { AttestationOptions, QueryOptions } from './query-options.js'
import type { GenerateOptions, ResumeOptions } from './submission.js'

const checkBilling = oneOf('direct', 'wallet', 'key', 'auto')

/** The options of {@link KatanaClientOptions}. The key is read where nothing of it is shown. */
export const clientChecks: OptionChecks<KatanaClientOptions> = {
  fetch: checkFunction,
  plainFetch: checkFunction,
  receiptOf: checkFunction,
  baseUrl: checkHttpUrl,
  apiKey: unchecked,
  walletProof: checkFunction,
  walletFetch: checkFunction,
  isTextOwed: checkFunction,
  meter: checkObject,
  correct: checkFunction,
  prices: recordOf(checkObject),
  describe: checkFunction,
  billing: checkBilling,
  validate: checkFlag,
  catalogue: checkObject,
  onSubmitted: checkFunction,
  clock: checkClock,
  random: checkFunction
}

/** The options of {@link CallOptions}. */
export const callChecks: OptionChecks<CallOptions> = {
  billing: checkBilling,
  validate: checkFlag,
  fetchOptions: checkObject,
  signal: checkObject
}

/** The options of {@link GenerateOptions}. */
export const generateChecks: OptionChecks<GenerateOptions> = {
  ...callChecks,
  ...watchChecks,
  onSubmitted: checkFunction,
  wait: checkFlag
}

/** The options of {@link ResumeOptions}. */
export const resumeChecks: OptionChecks<ResumeOptions> = { ...watchChecks, billing: checkBilling }

/** The options of {@link QueryOptions}. */
export const queryChecks: OptionChecks<QueryOptions> = { signal: checkObject }

/** The options of {@link AttestationOptions}. The nonce is checked against Katana's rule. */
export const attestationChecks: OptionChecks<AttestationOptions> = { ...queryChecks, nonce: unchecked }

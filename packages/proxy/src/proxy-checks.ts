import { isIP } from 'node:net'
import {
  checkFunction,
  checkText,
  type OptionCheck,
  type OptionChecks,
  recordOf,
  wholeNumberFrom
} from '@bursar/core'
import { accessChecks, checkAgents, checkToken } from '@bursar/local-server'
import { bursarChecks } from 'bursar'
import type { ProxyBounds, ProxyOptions } from './proxy-options.js'
import { checkService } from './services/service-checks.js'

const GIB = 1024 ** 3
const DAY_MS = 86_400_000

const boundChecks: OptionChecks<ProxyBounds> = {
  maxBodyBytes: wholeNumberFrom(1, GIB),
  maxConcurrent: wholeNumberFrom(1, 10_000),
  timeoutMs: wholeNumberFrom(1, DAY_MS),
  keepAliveMs: wholeNumberFrom(1, DAY_MS),
  keepAnswersMs: wholeNumberFrom(0, DAY_MS)
}

/** A call that another agent's program may repeat is never a purchase of its own: that is not for an option to say. */
const { inFlight: _, ...payingChecks } = bursarChecks

const checkAddress: OptionCheck = (value, path) => {
  if (typeof value === 'string' && (isIP(value) !== 0 || value === 'localhost')) return
  throw new TypeError(`${path} must be an address of this machine, such as 0.0.0.0`)
}

/** What {@link ProxyOptions} may hold. */
export const proxyChecks: OptionChecks<ProxyOptions> = {
  ...payingChecks,
  ...boundChecks,
  service: checkService,
  models: recordOf(checkText),
  agents: checkAgents,
  host: checkAddress,
  ...accessChecks,
  port: wholeNumberFrom(0, 65_535),
  operatorToken: checkToken,
  onAnswered: checkFunction,
  onPaid: checkFunction,
  onEvent: checkFunction,
  onImages: checkFunction
}

import type { ProxyServiceOptions } from '@bursar/proxy'
import { serviceEndpoint } from '../accounts/service-endpoint.js'
import type { Env } from '../io.js'
import { parsePrice } from '../options/parse-price.js'
import { parseTopUpRule, type TopUpOptions } from '../options/top-up-rule.js'
import { UsageError } from '../usage-error.js'

/** The options of `proxy` that say which service is paid, and how. */
export interface ServiceChoice extends TopUpOptions {
  readonly service: ProxyServiceOptions['name']
  readonly url?: string
  /** Each as {@link parsePrice} reads it. */
  readonly price?: readonly string[]
}

/** @throws {UsageError} when a relay has no key, or an option does not belong to the service. */
export function serviceOptions(env: Env, options: ServiceChoice): ProxyServiceOptions {
  const { service, url, price = [] } = options
  const endpoint = serviceEndpoint(env, service, url)
  if (service === 'katana') {
    if (price.length > 0)
      throw new UsageError('katana quotes its prices: --price is for a service that bills an account')
    return { name: service, topUp: parseTopUpRule(env, options), ...endpoint }
  }
  if (options.topup !== undefined || options.topupPerDay !== undefined)
    throw new UsageError(`${service} bills an account: there is no balance for --topup`)
  const variable = `${service.toUpperCase()}_API_KEY`
  const apiKey = env[variable]
  if (!apiKey) throw new UsageError(`${service} bills an account: set ${variable}`)
  return { name: service, apiKey, prices: Object.fromEntries(price.map(parsePrice)), ...endpoint }
}

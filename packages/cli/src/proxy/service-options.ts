import type { Policy } from '@bursar/policy'
import type { ProxyServiceOptions } from '@bursar/proxy'
import { serviceEndpoint } from '../accounts/service-endpoint.js'
import type { Env } from '../io.js'
import { assertNoTestnet } from '../options/network-options.js'
import { parsePrice } from '../options/parse-price.js'
import { assertUrl } from '../options/request-options.js'
import type { PolicyFlags } from '../policy/policy-flags.js'
import { topUpRuleOf } from '../policy/top-up-rule.js'
import { UsageError } from '../usage-error.js'

/** The options of `proxy` that say which service is paid, and how. */
export interface ServiceChoice extends Pick<PolicyFlags, 'topup' | 'topupPerDay'> {
  readonly service: Exclude<ProxyServiceOptions['name'], 'upstream'>
  /** Any x402 service, instead of a named one. */
  readonly upstream?: string
  readonly url?: string
  /** Each as {@link parsePrice} reads it. */
  readonly price?: readonly string[]
}

/** @throws {UsageError} when a relay has no key, or an option does not belong to the service. */
export function serviceOptions(env: Env, policy: Policy, options: ServiceChoice): ProxyServiceOptions {
  const { service, upstream } = options
  if (upstream !== undefined) return upstreamOptions(upstream, options)
  const endpoint = serviceEndpoint(env, service, options.url)
  if (service === 'katana' || service === 'venice') {
    assertNoPrices(service, options)
    return { name: service, topUp: topUpRuleOf(policy, service), ...endpoint }
  }
  assertNoTopUp(service, options)
  assertNoTestnet(env, service)
  const variable = `${service.toUpperCase()}_API_KEY`
  const apiKey = env[variable]
  if (!apiKey) throw new UsageError(`${service} bills an account: set ${variable}`)
  return {
    name: service,
    apiKey,
    prices: Object.fromEntries((options.price ?? []).map(parsePrice)),
    ...endpoint
  }
}

function upstreamOptions(baseUrl: string, options: ServiceChoice): ProxyServiceOptions {
  assertUrl(baseUrl)
  assertNoPrices('an upstream', options)
  assertNoTopUp('an upstream', options)
  if (options.url !== undefined) throw new UsageError('--upstream says where the service is: leave --url out')
  return { name: 'upstream', baseUrl }
}

function assertNoPrices(service: string, { price = [] }: ServiceChoice): void {
  if (price.length > 0)
    throw new UsageError(`${service} quotes its prices: --price is for a service that bills an account`)
}

function assertNoTopUp(service: string, { topup, topupPerDay }: ServiceChoice): void {
  if (topup === undefined && topupPerDay === undefined) return
  const why = service === 'an upstream' ? 'is paid for each call' : 'bills an account'
  throw new UsageError(`${service} ${why}: there is no balance for --topup`)
}

import { type Clock, checkOptions, isBursarError } from '@bursar/core'
import type { Price } from '../shared/metering/price.js'
import type { Connection } from '../shared/service/connection.js'
import type { Operation } from '../shared/service/operation.js'
import { defined } from '../shared/wire/defined.js'
import { callChecks, type RelayCall } from './relay-options.js'
import type { AccountPaths } from './relay-service.js'
import { type RelayBalance, readBalance } from './wire/balance.js'
import { readPricing } from './wire/pricing.js'

/** What can be queried about an account. */
export interface AccountQueries {
  /** What a model costs today, as it was listed within the last hour; `undefined` when it is not listed. */
  priceOf(model: string): Promise<Price | undefined>
  pricing(call?: RelayCall): Promise<ReadonlyMap<string, Price>>
  balance(call?: RelayCall): Promise<RelayBalance>
}

const QUERY_TIMEOUT_MS = 60_000
const PRICE_LIFE_MS = 3_600_000
/** How long prices that cannot be had are not asked for again. */
const RETRY_MS = 60_000

/** Builds the part of the client that queries what is left and what things cost. */
export function createAccountQueries(
  { name, account }: { readonly name: string; readonly account?: AccountPaths },
  connection: Connection,
  clock: Clock
): AccountQueries {
  async function pricing(call?: RelayCall): Promise<ReadonlyMap<string, Price>> {
    if (!account) throw new TypeError(`${name} lists no prices`)
    const { body } = await connection.read(accountQuery('pricing', account.pricing, call))
    return readPricing(body)
  }

  async function balance(call?: RelayCall): Promise<RelayBalance> {
    if (!account) throw new TypeError(`${name} reports no balance`)
    const [subscription, usage] = await Promise.all([
      connection.read(accountQuery('balance', account.subscription, call)),
      connection.read(accountQuery('balance', account.usage, call))
    ])
    const left = readBalance(subscription.body, usage.body)
    if (!left) throw connection.malformed(subscription, 'no amounts')
    return left
  }

  const priceList = new PriceList(pricing, clock)
  return {
    pricing,
    balance,
    priceOf: async (model) => (account ? (await priceList.read()).get(model) : undefined)
  }
}

/** A request to an endpoint of the origin that is free. */
export function accountQuery(name: string, path: string, call: RelayCall = {}): Operation {
  checkOptions(call, callChecks)
  const { signal, timeoutMs, fetchOptions } = call
  return {
    name,
    method: 'GET',
    path,
    money: 'none',
    timeoutMs: timeoutMs ?? QUERY_TIMEOUT_MS,
    ...defined({ signal, fetchOptions })
  }
}

/** Remembers the list of prices for an hour. */
class PriceList {
  readonly #load: () => Promise<ReadonlyMap<string, Price>>
  readonly #clock: Clock
  #prices: Promise<ReadonlyMap<string, Price>> = Promise.resolve(new Map())
  #untilMs = Number.NEGATIVE_INFINITY

  constructor(load: () => Promise<ReadonlyMap<string, Price>>, clock: Clock) {
    this.#load = load
    this.#clock = clock
  }

  read(): Promise<ReadonlyMap<string, Price>> {
    const nowMs = this.#clock.nowMs()
    if (nowMs >= this.#untilMs) {
      this.#untilMs = nowMs + PRICE_LIFE_MS
      // A list that cannot be read is requested again in a minute; until then the snapshot counts.
      this.#prices = this.#load().catch((error: unknown) => {
        this.#untilMs = Math.min(this.#untilMs, nowMs + RETRY_MS)
        if (isBursarError(error)) return new Map<string, Price>()
        throw error
      })
    }
    return this.#prices
  }
}

import { type Clock, isBursarError } from '@bursar/core'
import type { Price } from '../shared/metering/price.js'
import type { Connection } from '../shared/service/connection.js'
import type { Operation } from '../shared/service/operation.js'
import { type RelayBalance, readBalance, readPricing } from './new-api.js'
import type { RelayCall } from './relay.js'
import type { AccountPaths } from './service.js'

/** What can be asked about an account. */
export interface AccountReader {
  /** What a model costs today, as it was listed within the last hour; `undefined` when it is not told. */
  priceOf(model: string): Promise<Price | undefined>
  pricing(call?: RelayCall): Promise<ReadonlyMap<string, Price>>
  balance(call?: RelayCall): Promise<RelayBalance>
}

const QUESTION_TIMEOUT_MS = 60_000
const PRICES_LIVE_MS = 3_600_000

/** Builds the part of the client that asks what is left and what things cost. */
export function openAccount(
  { name, account }: { readonly name: string; readonly account?: AccountPaths },
  connection: Connection,
  clock: Clock
): AccountReader {
  let listed: { readonly prices: Promise<ReadonlyMap<string, Price>>; readonly untilMs: number } | undefined

  const question = (asked: string, path: string, { signal, timeoutMs }: RelayCall = {}): Operation => ({
    name: asked,
    method: 'GET',
    path,
    money: 'none',
    timeoutMs: timeoutMs ?? QUESTION_TIMEOUT_MS,
    ...(signal ? { signal } : {})
  })

  async function pricing(call?: RelayCall): Promise<ReadonlyMap<string, Price>> {
    if (!account) throw new TypeError(`${name} lists no prices`)
    const { body } = await connection.read(question('pricing', account.pricing, call))
    return readPricing(body)
  }

  return {
    pricing,
    async priceOf(model) {
      if (!account) return undefined
      if (!listed || clock.nowMs() >= listed.untilMs) {
        // A list that cannot be had is asked for again by the next hour; until then the snapshot holds.
        const prices = pricing().catch((error: unknown) => {
          if (isBursarError(error)) return new Map<string, Price>()
          throw error
        })
        listed = { prices, untilMs: clock.nowMs() + PRICES_LIVE_MS }
      }
      return (await listed.prices).get(model)
    },
    async balance(call) {
      if (!account) throw new TypeError(`${name} tells no balance`)
      const asked = question('balance', account.subscription, call)
      const [subscription, usage] = await Promise.all([
        connection.read(asked),
        connection.read(question('balance', account.usage, call))
      ])
      const balance = readBalance(subscription.body, usage.body)
      if (!balance) throw connection.malformed(asked, subscription.response, 'no amounts')
      return balance
    }
  }
}

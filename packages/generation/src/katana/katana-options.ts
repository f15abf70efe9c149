import {
  checkFlag,
  checkFunction,
  checkHttpUrl,
  checkNetworkId,
  checkObject,
  checkObjectOrFunction,
  type NetworkId,
  type OptionChecks,
  oneOf,
  recordOf,
  unchecked
} from '@bursar/core'
import type { PlainFetch, TopUpOption } from '@bursar/prepaid'
import type { Price } from '../shared/metering/price.js'
import type { Billing } from './billing.js'
import type { Catalogue } from './catalogue/model.js'
import type { ApiKey } from './credentials.js'
import type { OnSubmitted } from './submission.js'

/** How Katana is used with a bursar's money. */
export interface KatanaOptions {
  /**
   * Where Katana is. Must be https; this machine may be http. Default: `https://kat.imgnai.com`.
   *
   * @example { baseUrl: gateway.url }
   */
  readonly baseUrl?: string | undefined
  /**
   * Which path requests take: `direct`, `wallet`, `key` or `auto`. Default: `key` when there is an `apiKey`, else `auto`,
   * which pays images and videos directly, and texts from the prepaid balance where that can pay, after a top-up where
   * `topUp` allows one, else directly: then the whole reserve is charged, some hundred times as much.
   *
   * @example { billing: 'wallet' }
   */
  readonly billing?: Billing | undefined
  /**
   * From which network the prepaid balance is topped up: Base, or Solana's mainnet. Default: Base, as far as there is an
   * EVM account.
   *
   * @example { network: 'solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp' }
   */
  readonly network?: NetworkId | undefined
  /**
   * When and how far the prepaid balance may be topped up by itself; a function is asked before each top-up. Default:
   * never.
   *
   * @example { topUp: { amount: '1.00', perDay: '5.00' } }
   */
  readonly topUp?: TopUpOption | undefined
  /**
   * An account's key and secret, apart or as `key:secret`. What it is billed counts against the bursar's limits. Default:
   * none.
   *
   * @example { apiKey: process.env.KATANA_API_KEY }
   */
  readonly apiKey?: ApiKey | undefined
  /**
   * What models cost at most that are billed to the key and have no printed price, by the public name. Default: such a
   * request is rejected with `price/unknown`.
   *
   * @example { prices: { 'grok-4-3': tokenPrice('2.00', '8.00') } }
   */
  readonly prices?: Readonly<Record<string, Price>> | undefined
  /**
   * Whether what Katana would reject is rejected before it is sent and paid. Default: `true`.
   *
   * @example { validate: false }
   */
  readonly validate?: boolean | undefined
  /**
   * What to validate against. Default: the catalogue of this version.
   *
   * @example { catalogue: await katana.models.list() }
   */
  readonly catalogue?: Catalogue | undefined
  /**
   * Keeps the id of each job, beside the ledger. Awaited before the state of the job is first requested. Default: the ledger alone.
   *
   * @example { onSubmitted: ({ requestId }) => console.log(requestId) }
   */
  readonly onSubmitted?: OnSubmitted | undefined
  /**
   * Sends the requests that are free: the states of jobs, lists, downloads. Default: the platform's fetch.
   *
   * @example { plainFetch: (url, init) => fetch(url, init) }
   */
  readonly plainFetch?: PlainFetch | undefined
}

/** The options of {@link KatanaOptions}. The rule, the key and the catalogue are checked where they are read. */
export const katanaChecks: OptionChecks<KatanaOptions> = {
  baseUrl: checkHttpUrl,
  billing: oneOf('direct', 'wallet', 'key', 'auto'),
  network: checkNetworkId,
  topUp: checkObjectOrFunction,
  apiKey: unchecked,
  prices: recordOf(checkObject),
  validate: checkFlag,
  catalogue: checkObject,
  onSubmitted: checkFunction,
  plainFetch: checkFunction
}

import {
  BASE,
  checkFunction,
  checkHttpUrl,
  checkObjectOrFunction,
  checkOptions,
  type OptionChecks,
  partsOf,
  type ServiceBursar
} from '@bursar/core'
import { createPrepaid, type PlainFetch, type Prepaid, type TopUpOption } from '@bursar/prepaid'
import { createVeniceProofProvider } from '@bursar/siwx'
import { createSdkFetch, type SdkFetch } from '../shared/sdk/sdk-fetch.js'
import { parseBaseUrl } from '../shared/service/origin.js'
import type { SdkOptions } from '../shared/service/sdk-options.js'
import { translateVeniceCalls } from './sdk-calls.js'
import { veniceBalance } from './venice-balance.js'

/** How Venice is used with a bursar's money. */
export interface VeniceOptions {
  /**
   * Where Venice is. Default: `https://api.venice.ai`.
   *
   * @example { baseUrl: 'http://127.0.0.1:4020/venice' }
   */
  readonly baseUrl?: string | undefined
  /**
   * When and how far the balance may be topped up by itself; a function is asked before each top-up. A top-up is of what Venice
   * asks, 5 USDC at least. Default: never.
   *
   * @example { topUp: { amount: '5', perDay: '10' } }
   */
  readonly topUp?: TopUpOption | undefined
  /**
   * Sends the requests that must never pay. Default: the platform's fetch.
   *
   * @example { plainFetch: (url, init) => fetch(url, init) }
   */
  readonly plainFetch?: PlainFetch | undefined
}

const veniceChecks: OptionChecks<VeniceOptions> = {
  baseUrl: checkHttpUrl,
  topUp: checkObjectOrFunction,
  plainFetch: checkFunction
}

/** Venice, paid from a prepaid balance on Base. */
export interface Venice {
  readonly origin: string
  /** For OpenAI's SDK: `new OpenAI({ baseURL: venice.baseURL, apiKey: 'x402', fetch: venice.openaiFetch })`. */
  readonly baseURL: string
  /**
   * For OpenAI's SDK and its like: pays from the prepaid balance. An SDK asks again by itself when an answer is lost or late,
   * and is charged nothing for it: a call that it gave up goes on, and is answered to the next that is equal. Responses are
   * translated into chats.
   */
  readonly openaiFetch: SdkFetch
  /**
   * For Anthropic's SDK: `new Anthropic({ baseURL: venice.anthropicBaseURL, apiKey: 'x402', fetch: venice.anthropicFetch })`.
   * Translates Messages into chats, which stream as they come.
   */
  readonly anthropicFetch: SdkFetch
  /** Such as `https://api.venice.ai/api`, behind which Anthropic's SDK writes `/v1/messages`. */
  readonly anthropicBaseURL: string
  /** The prepaid balance of the wallet that pays. */
  readonly balance: Prepaid
  /** Sets up OpenAI's SDK for Venice: `venice.openai(OpenAI)`. */
  openai<Client>(sdk: new (options: SdkOptions) => Client): Client
  /** Sets up Anthropic's SDK for Venice: `venice.anthropic(Anthropic)`. */
  anthropic<Client>(sdk: new (options: SdkOptions) => Client): Client
}

const BASE_URL = 'https://api.venice.ai'

/**
 * Builds a client of Venice over a bursar, which tops its balance up.
 *
 * @example
 * ```ts
 * import OpenAI from 'openai'
 *
 * const venice = createVenice(bursar, { topUp: { amount: '5', perDay: '10' } })
 * const openai = venice.openai(OpenAI)
 * ```
 * @throws {TypeError} when there is no EVM account that signs texts, or an option is malformed.
 * @throws {BursarError} `amount/malformed`
 */
export function createVenice(bursar: ServiceBursar, options: VeniceOptions = {}): Venice {
  checkOptions(options, veniceChecks)
  const { baseUrl = BASE_URL, topUp, plainFetch } = options
  const parts = partsOf(bursar)
  const { signerOf, clock, random } = parts
  const signer = signerOf('eip155')
  if (!signer) throw new TypeError('Venice is paid from Base: give an EVM account that signs texts')
  const { origin, href } = parseBaseUrl(baseUrl)
  const { createProof } = createVeniceProofProvider({ signer, origin, clock, random })
  const balance = createPrepaid(bursar, {
    service: veniceBalance,
    baseUrl: href,
    network: BASE,
    wallet: { network: BASE, address: signer.address, createProof },
    topUp,
    plainFetch
  })
  const baseURL = `${href.replace(/\/+$/, '')}/api/v1`
  const calls = { apiUrl: new URL(baseURL), balance, plainFetch, random, clock }
  const sdkFetch = createSdkFetch(translateVeniceCalls(calls), parts)
  const anthropicBaseURL = baseURL.replace(/\/v1$/, '')
  const sdk = { apiKey: 'x402', fetch: sdkFetch, maxRetries: 0 } as const
  return Object.freeze<Venice>({
    origin,
    baseURL,
    anthropicBaseURL,
    openaiFetch: sdkFetch,
    anthropicFetch: sdkFetch,
    balance,
    // The key is no credential: SDKs insist on one, and the fetch takes it away.
    openai: (Client) => new Client({ ...sdk, baseURL }),
    anthropic: (Client) => new Client({ ...sdk, baseURL: anthropicBaseURL })
  })
}

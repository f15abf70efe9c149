import { type AccountMeter, type BursarParts, checkOptions, partsOf, type ServiceBursar } from '@bursar/core'
import { createPrepaid, type Prepaid } from '@bursar/prepaid'
import type { MeteredFetch } from '../shared/metering/metered-fetch.js'
import type { SdkFetch } from '../shared/sdk/sdk-fetch.js'
import { parseBaseUrl } from '../shared/service/origin.js'
import { toPlatformFetch } from '../shared/service/platform-fetch.js'
import { defined } from '../shared/wire/defined.js'
import { katanaCatalogue } from './catalogue/snapshot.js'
import { createKatanaClient } from './create-katana-client.js'
import type { KatanaClient } from './katana-client.js'
import type { KatanaClientOptions } from './katana-client-options.js'
import { type KatanaOptions, katanaChecks } from './katana-options.js'
import { KATANA_URL } from './katana-url.js'
import { noteJob } from './note-job.js'
import { apiUrlOf } from './open-session.js'
import { type KatanaWallet, openWallet } from './open-wallet.js'
import { katanaBalance } from './prepaid/katana-balance.js'
import { meterBalance } from './prepaid/meter-balance.js'
import { hasUnansweredText } from './prepaid/unanswered-text.js'
import { openSdkFetch } from './sdk-routes.js'

/** imgnAI Katana, paid by a bursar. */
export interface Katana extends KatanaClient {
  /** Such as `https://kat.imgnai.com`. */
  readonly origin: string
  /** For OpenAI's SDK: `new OpenAI({ baseURL: katana.baseURL, apiKey: 'x402', fetch: katana.openaiFetch })`. */
  readonly baseURL: string
  /**
   * For OpenAI's SDK and its like: pays texts from the prepaid balance, has calls with the key of an account billed to that
   * account under the bursar's limits, and pays everything else directly. An SDK asks again by itself when an answer is lost
   * or late, and pays nothing for it: a call that it gave up goes on, and is answered to the next that is equal. Responses,
   * images and videos are translated, and a text that x402 pays for streams once it is there. What else OpenAI's SDK has
   * (embeddings, audio, files and the like) is refused by name, as by the proxy.
   */
  readonly openaiFetch: SdkFetch
  /**
   * For Anthropic's SDK: `new Anthropic({ baseURL: katana.anthropicBaseURL, apiKey: 'x402', fetch: katana.anthropicFetch })`.
   * Translates Messages into texts of Katana, which are paid as by `openaiFetch`.
   */
  readonly anthropicFetch: SdkFetch
  /** Such as `https://kat.imgnai.com`, behind which Anthropic's SDK writes `/v1/messages`. */
  readonly anthropicBaseURL: string
  /** The prepaid balance of the wallet that pays. */
  readonly balance: Prepaid
}

/**
 * Builds a client of imgnAI Katana over a bursar: direct calls are paid by it, calls by wallet from the prepaid balance that
 * it tops up, calls by key are billed under its limits. Each job's id is in the ledger before its state is first requested.
 *
 * @example
 * ```ts
 * const katana = createKatana(bursar, { topUp: { amount: '1.00', perDay: '5.00' } })
 * const job = await katana.images.generate({ model: 'gen', prompt: 'A mug', aspectRatio: '1:1' })
 * await job.save('out/')
 * ```
 * @throws {TypeError} when an option is malformed, or there is no account on the network.
 * @throws {BursarError} `amount/malformed`
 */
export function createKatana(bursar: ServiceBursar, options: KatanaOptions = {}): Katana {
  checkOptions(options, katanaChecks)
  const parts = partsOf(bursar)
  const url = parseBaseUrl(options.baseUrl ?? KATANA_URL)
  const wallet = openWallet(parts, url.origin, options.network)
  if (options.topUp && !wallet.proves) throw new TypeError('topUp needs an account that signs texts')
  const context = { bursar, options, parts, url, wallet }
  const metered = openBalance(context)
  const { balance } = metered
  const client = createKatanaClient(clientOptions(context, metered))
  const sdkFetch = openSdkFetch(bursar, options, {
    base: url,
    balance: wallet.proves ? balance : undefined,
    client
  })
  const anthropicBaseURL = url.href.replace(/\/+$/, '')
  return Object.freeze<Katana>({
    ...client,
    origin: url.origin,
    baseURL: `${anthropicBaseURL}/v1`,
    anthropicBaseURL,
    balance,
    openaiFetch: sdkFetch,
    anthropicFetch: sdkFetch
  })
}

/** What the parts of one Katana are made from. */
interface KatanaContext {
  readonly bursar: ServiceBursar
  readonly options: KatanaOptions
  readonly parts: BursarParts
  readonly url: URL
  readonly wallet: KatanaWallet
}

/** The prepaid balance, whose charges are entered in the ledger. */
interface MeteredBalance extends MeteredFetch {
  readonly balance: Prepaid
  readonly correct: AccountMeter['correct']
}

function openBalance({ bursar, options, parts, url, wallet }: KatanaContext): MeteredBalance {
  const { topUp, plainFetch, catalogue = katanaCatalogue, prices = {} } = options
  const { network, proves } = wallet
  const prepaid = createPrepaid(bursar, {
    service: katanaBalance,
    baseUrl: url.href,
    network,
    wallet: proves,
    topUp,
    plainFetch
  })
  const meter = parts.createBalanceMeter(network)
  const metered = meterBalance({ balance: prepaid, meter, apiUrl: apiUrlOf(url), catalogue, prices })
  const balance = Object.freeze<Prepaid>({ ...prepaid, fetch: toPlatformFetch(metered.fetch) })
  return { ...metered, balance, correct: meter.correct }
}

function clientOptions(
  { bursar, options, parts, url, wallet }: KatanaContext,
  { fetch, receiptOf, correct }: MeteredBalance
): KatanaClientOptions {
  const { billing, apiKey, prices, validate, catalogue, plainFetch } = options
  const { clock, random, ledger } = parts
  return {
    ...defined({ billing, apiKey, prices, validate, catalogue, plainFetch }),
    correct,
    clock,
    random,
    baseUrl: url.href,
    fetch: bursar.fetch,
    receiptOf: (response) => receiptOf(response) ?? bursar.receiptOf(response),
    ...(apiKey === undefined ? {} : { meter: parts.createAccountMeter() }),
    ...(wallet.proves ? { walletFetch: fetch } : {}),
    isTextOwed: () => hasUnansweredText(parts, url.origin),
    describe: (call) => ({ bursar: { labels: { ...call } } }),
    onSubmitted: async (submission) => {
      await noteJob(ledger, url.origin, submission)
      await options.onSubmitted?.(submission)
    }
  }
}

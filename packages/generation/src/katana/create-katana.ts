import {
  BASE,
  type BursarParts,
  checkOptions,
  type NetworkFamily,
  type NetworkId,
  partsOf,
  type ServiceBursar
} from '@bursar/core'
import { createPrepaid, type Prepaid, type PrepaidWallet } from '@bursar/prepaid'
import { createKatanaProofProvider } from '@bursar/siwx'
import type { SdkFetch } from '../shared/sdk/sdk-fetch.js'
import { parseBaseUrl } from '../shared/service/origin.js'
import { toPlatformFetch } from '../shared/service/platform-fetch.js'
import { defined } from '../shared/wire/defined.js'
import { katanaCatalogue } from './catalogue/snapshot.js'
import { createKatanaClient } from './create-katana-client.js'
import type { KatanaClient } from './katana-client.js'
import { type KatanaOptions, katanaChecks } from './katana-options.js'
import { noteJob } from './note-job.js'
import { apiUrlOf } from './open-session.js'
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
   * or late, and pays nothing for it: a call that it gave up goes on, and is answered to the next that is equal.
   */
  readonly openaiFetch: SdkFetch
  /** The prepaid balance of the wallet that pays. */
  readonly balance: Prepaid
}

const BASE_URL = 'https://kat.imgnai.com'

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
  const { baseUrl = BASE_URL, network, topUp, plainFetch, onSubmitted, ...rest } = options
  const parts = partsOf(bursar)
  const url = parseBaseUrl(baseUrl)
  const { origin, href } = url
  const wallet = openWallet(parts, origin, networkOf(parts, network))
  if (topUp && !wallet.proves) throw new TypeError('topUp needs an account that signs texts')
  const prepaid = createPrepaid(bursar, {
    service: katanaBalance,
    baseUrl: href,
    network: wallet.network,
    wallet: wallet.proves,
    topUp,
    plainFetch
  })
  const meter = parts.createBalanceMeter(wallet.network)
  const metered = meterBalance({
    balance: prepaid,
    meter,
    apiUrl: apiUrlOf(url),
    catalogue: rest.catalogue ?? katanaCatalogue,
    prices: rest.prices ?? {}
  })
  const balance = Object.freeze<Prepaid>({ ...prepaid, fetch: toPlatformFetch(metered.fetch) })
  const client = createKatanaClient({
    ...defined({ ...rest, plainFetch }),
    correct: meter.correct,
    clock: parts.clock,
    random: parts.random,
    baseUrl,
    fetch: bursar.fetch,
    receiptOf: (response) => metered.receiptOf(response) ?? bursar.receiptOf(response),
    ...(rest.apiKey === undefined ? {} : { meter: parts.createAccountMeter() }),
    ...(wallet.proves ? { walletFetch: metered.fetch } : {}),
    isTextOwed: (signal) => hasUnansweredText(parts, origin, signal),
    describe: (call) => ({ bursar: { labels: { ...call } } }),
    onSubmitted: async (submission) => {
      await noteJob(parts.ledger, origin, submission)
      await onSubmitted?.(submission)
    }
  })
  return Object.freeze<Katana>({
    ...client,
    origin,
    baseURL: `${href.replace(/\/+$/, '')}/v1`,
    balance,
    openaiFetch: openSdkFetch(bursar, options, { base: url, balance: wallet.proves ? balance : undefined })
  })
}

/** The network from which the balance is paid, and the prover of its wallet, if the account signs texts. */
function openWallet(
  { signerOf, clock, random }: BursarParts,
  origin: string,
  network: NetworkId
): { readonly network: NetworkId; readonly proves: PrepaidWallet | undefined } {
  const signer = signerOf(familyOf(network))
  if (!signer) return { network, proves: undefined }
  const { createProof } = createKatanaProofProvider({ signer, origin, network, clock, random })
  return { network, proves: { network, address: signer.address, createProof } }
}

/** @throws {TypeError} when there is no account on the network that was requested. */
function networkOf({ networks }: BursarParts, requested: NetworkId | undefined): NetworkId {
  if (requested === undefined) return networks[0] ?? BASE
  if (networks.some((network) => familyOf(network) === familyOf(requested))) return requested
  throw new TypeError(`There is no account on ${requested}`)
}

function familyOf(network: NetworkId): NetworkFamily {
  return network.startsWith('solana:') ? 'solana' : 'eip155'
}

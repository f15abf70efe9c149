import { BASE, type Ledger, systemClock } from '@bursar/core'
import type { Bursar as PayingBursar } from '@bursar/fetch'
import { createPrepaid, type Prepaid, type TopUpRule, venicePrepaid } from '@bursar/prepaid'
import { type EvmProofAccount, evmSigner, veniceProver } from '@bursar/siwx'
import type { BursarOptions } from './create-bursar.js'

/** How Venice is used with a bursar's money. */
export interface VeniceSetup {
  /** Default `https://api.venice.ai`. */
  readonly baseUrl?: string
  /**
   * When and how far the balance may be topped up without being asked. Default: never. A top-up is of what Venice asks,
   * 5 USDC at least: `{ amount: '5', perDay: '10' }`.
   */
  readonly topUp?: TopUpRule
  /** Sends what must not pay. Default: the platform's. */
  readonly plainFetch?: (url: string, init: RequestInit) => Promise<Response>
}

/** What the constructor of OpenAI's SDK takes. */
interface OpenAiOptions {
  readonly apiKey: string
  readonly baseURL: string
  readonly fetch: typeof globalThis.fetch
  readonly maxRetries: 0
}

/** Venice, paid from a prepaid balance on Base. */
export interface PaidVenice {
  readonly origin: string
  /** The prepaid balance of the wallet that pays. */
  readonly balance: Prepaid
  /** Sets up OpenAI's SDK for Venice: `venice.openai(OpenAI)`. */
  openai<Client>(sdk: new (options: OpenAiOptions) => Client): Client
}

const BASE_URL = 'https://api.venice.ai'

/** @throws {TypeError} when there is no EVM account that signs texts. */
export function openVenice(
  bursar: Pick<PayingBursar, 'fetch'>,
  ledger: Ledger,
  { evm, clock = systemClock, random }: BursarOptions,
  { baseUrl = BASE_URL, topUp, plainFetch }: VeniceSetup
): PaidVenice {
  if (evm === undefined) throw new TypeError('Venice is paid from Base: give an EVM account')
  const signer = evmSigner(evm as EvmProofAccount)
  const { origin } = new URL(baseUrl)
  const prover = veniceProver({ signer, origin, clock, ...(random ? { random } : {}) })
  const balance = createPrepaid({
    service: venicePrepaid,
    baseUrl,
    fetch: bursar.fetch,
    prover: { origin, network: BASE, prove: prover.prove },
    ledger,
    clock,
    ...(topUp ? { topUp } : {}),
    ...(plainFetch ? { plainFetch } : {})
  })
  return {
    origin,
    balance,
    openai: (Client) =>
      new Client({
        // Not a credential: what SDKs insist on, and the balance's fetch takes away.
        apiKey: 'x402',
        baseURL: `${baseUrl.replace(/\/+$/, '')}/api/v1`,
        fetch: async (input, init) => balance.fetch(input, init),
        maxRetries: 0
      })
  }
}

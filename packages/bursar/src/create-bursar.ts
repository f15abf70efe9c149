import type { Payer } from '@bursar/core'
import type { Bursar, BursarFetch, FetchLike, PayerSource } from '@bursar/fetch'
import type { SolanaAccount } from '@bursar/solana'
import { createEvmBursar, type EvmBursarOptions } from './create-evm-bursar.js'

/** What a bursar is made from. `limits` is required, and one account at least. */
export interface BursarOptions extends EvmBursarOptions {
  /**
   * Pays on Solana: a secret key in base58 or as `solana-keygen` writes it, a web3.js `Keypair`, a wallet adapter,
   * or a kit signer. Loaded when a Solana offer is first considered.
   */
  readonly solana?: SolanaAccount
}

/**
 * Builds a fetch that pays: a 402 becomes a paid answer, once, within the limits, with a record.
 *
 * @example
 * ```ts
 * const bursar = createBursar({
 *   evm: process.env.EVM_PRIVATE_KEY,
 *   solana: process.env.SVM_PRIVATE_KEY,
 *   limits: { payment: '0.25', day: '5.00' }
 * })
 * const response = await bursar.fetch('https://kat.imgnai.com/v1/chat/completions', { method: 'POST', body })
 * console.log(bursar.receiptOf(response))
 * ```
 * @throws {TypeError} when `limits` is missing, no account is given, or a key is malformed.
 * @throws {BursarError} `amount/malformed`
 */
export function createBursar(options: BursarOptions): Bursar {
  const { solana, ...rest } = options
  if (solana === undefined) return createEvmBursar(rest)
  return createEvmBursar({ ...rest, payers: [...(rest.payers ?? []), solanaSource(solana, rest)] })
}

/** The key's shape is checked now, the key itself once it is loaded. */
const solanaKeyShape = /^\s*(?:\[[\d,\s]+\]|[1-9A-HJ-NP-Za-km-z]{32,88})\s*$/

function solanaSource(account: SolanaAccount, options: EvmBursarOptions): PayerSource {
  if (typeof account === 'string' && !solanaKeyShape.test(account))
    throw new TypeError('solana is neither base58 nor a JSON array of bytes (its value is not shown)')
  const { clock, random, known, rpcUrls } = options
  const load = async (): Promise<Payer> =>
    (await import('@bursar/solana')).solanaPayer({
      account,
      ...(clock ? { clock } : {}),
      ...(random ? { random } : {}),
      ...(known ? { known } : {}),
      ...(rpcUrls ? { rpcUrls } : {})
    })
  return { family: 'solana', load }
}

/**
 * Wraps a fetch that you bring, so that a 402 is paid.
 *
 * @throws as {@link createBursar}
 */
export function wrapFetch(fetch: FetchLike, options: Omit<BursarOptions, 'fetch'>): BursarFetch {
  return createBursar({ ...options, fetch }).fetch
}

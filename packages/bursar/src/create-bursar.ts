import { type Ledger, type NetworkId, systemClock } from '@bursar/core'
import { type EvmAccount, evmPayer } from '@bursar/evm'
import {
  type Bursar,
  type BursarFetch,
  createPayingFetch,
  type FetchLike,
  type PayerSource,
  type PayingFetchOptions
} from '@bursar/fetch'
import { memoryLedger } from '@bursar/ledger'

/** What a bursar is made from. `limits` is required. */
export interface BursarOptions extends Omit<PayingFetchOptions, 'payers' | 'ledger'> {
  /** Pays on Base and other EVM networks: a private key in hex, a viem account or wallet client, or any signer. */
  readonly evm?: EvmAccount
  /** Further payers, such as one of your own. */
  readonly payers?: readonly PayerSource[]
  /** Keeps the record and the budgets. Default: `'memory'`, which is lost with the process. */
  readonly ledger?: Ledger | 'memory'
  /** RPC endpoints by network, tried in order. Asked only when an answer is lost, and for balances. */
  readonly rpcUrls?: Readonly<Partial<Record<NetworkId, string | readonly string[]>>>
}

/**
 * Builds a fetch that pays: a 402 becomes a paid answer, once, within the limits, with a record.
 *
 * @example
 * ```ts
 * const bursar = createBursar({ evm: process.env.EVM_PRIVATE_KEY, limits: { payment: '0.25', day: '5.00' } })
 * const response = await bursar.fetch('https://kat.imgnai.com/v1/chat/completions', { method: 'POST', body })
 * console.log(bursar.receiptOf(response))
 * ```
 * @throws {TypeError} when `limits` is missing, no account is given, or a key is malformed.
 * @throws {BursarError} `amount/malformed`
 */
export function createBursar(options: BursarOptions): Bursar {
  const { evm, payers = [], ledger = 'memory', rpcUrls, ...rest } = options
  const clock = options.clock ?? systemClock
  const sources = [...payers]
  if (evm !== undefined) {
    sources.push(
      evmPayer({
        account: evm,
        clock,
        ...(rpcUrls ? { rpcUrls } : {}),
        ...(options.random ? { random: options.random } : {}),
        ...(options.known ? { known: options.known } : {})
      })
    )
  }
  if (sources.length === 0) throw new TypeError('Nobody can pay: give evm, an account or a private key')
  return createPayingFetch({
    ...rest,
    payers: sources,
    ledger: ledger === 'memory' ? memoryLedger({ clock }) : ledger
  })
}

/**
 * Wraps a fetch that you bring, so that a 402 is paid.
 *
 * @throws as {@link createBursar}
 */
export function wrapFetch(fetch: FetchLike, options: Omit<BursarOptions, 'fetch'>): BursarFetch {
  return createBursar({ ...options, fetch }).fetch
}

import { type Ledger, type NetworkId, systemClock } from '@bursar/core'
import { createEvmPayer, type EvmAccount } from '@bursar/evm'
import { type Bursar, createPayingFetch, type PayerSource, type PayingFetchOptions } from '@bursar/fetch'
import { memoryLedger } from '@bursar/ledger'
import { defaultLedger } from '#default-ledger'

/** What a bursar that pays on EVM networks is made from. `limits` is required. */
export interface EvmBursarOptions extends Omit<PayingFetchOptions, 'payers' | 'ledger'> {
  /** Pays on Base and other EVM networks: a private key in hex, a viem account or wallet client, or any signer. */
  readonly evm?: EvmAccount
  /** Further payers, such as one of your own. */
  readonly payers?: readonly PayerSource[]
  /**
   * Keeps the record and the budgets. Default: a SQLite file in the user's data folder, which all processes share
   * (`$BURSAR_HOME` says otherwise). `'memory'`, for tests and browsers, is lost with the process.
   */
  readonly ledger?: Ledger | 'memory'
  /** RPC endpoints by network, tried in order. Asked only when an answer is lost, and for balances. */
  readonly rpcUrls?: Readonly<Partial<Record<NetworkId, string | readonly string[]>>>
}

/**
 * Builds a fetch that pays on EVM networks, without a byte of Solana. `bursar/evm` calls it `createBursar`.
 *
 * @throws as `createBursar`
 */
export function createEvmBursar(options: EvmBursarOptions): Bursar {
  return createPayingFetch(assemble(options))
}

/**
 * Makes payer and ledger of what the user gave.
 *
 * @throws {TypeError} when no account is given, or a key is malformed.
 */
export function assemble(options: EvmBursarOptions): PayingFetchOptions {
  const { evm, payers = [], ledger, rpcUrls, ...rest } = options
  const { clock = systemClock, random, known } = options
  const sources = [...payers]
  if (evm !== undefined) sources.push(createEvmPayer({ account: evm, clock, rpcUrls, random, known }))
  if (sources.length === 0) throw new TypeError('Nobody can pay: give an account or a private key')
  return {
    ...rest,
    payers: sources,
    ledger: ledger === 'memory' ? memoryLedger({ clock }) : (ledger ?? defaultLedger(clock))
  }
}

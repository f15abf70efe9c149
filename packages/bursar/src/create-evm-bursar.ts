import { checkOptions, type OptionChecks, unchecked } from '@bursar/core'
import type { EvmAccount } from '@bursar/evm'
import { assemble } from './assemble.js'
import type { Bursar } from './bursar.js'
import { evmAccount } from './evm-account.js'
import { type SharedOptions, sharedChecks } from './shared-options.js'

/** What a bursar that pays on EVM networks is made from. `limits` is required. */
export interface EvmBursarOptions extends SharedOptions {
  /**
   * Pays on Base and other EVM networks: a private key in hex, a viem account or wallet client, or any signer. Default:
   * nothing is paid on EVM networks.
   *
   * @example { evm: process.env.EVM_PRIVATE_KEY }
   */
  readonly evm?: EvmAccount | undefined
  /**
   * Pays for the transaction that cancels a payment of `evm`, where that is a contract or only signs data: a private key in
   * hex, or a viem account. Default: `evm` itself.
   *
   * @example { gasAccount: process.env.GAS_PRIVATE_KEY }
   */
  readonly gasAccount?: EvmAccount | undefined
}

/** The options of {@link EvmBursarOptions}. An account is checked where it is read, without showing a key. */
export const evmBursarChecks: OptionChecks<EvmBursarOptions> = {
  ...sharedChecks,
  evm: unchecked,
  gasAccount: unchecked
}

/**
 * Builds a fetch that pays on EVM networks, without a byte of Solana. `bursar/evm` calls it `createBursar`.
 *
 * @throws as `createBursar`
 */
export function createEvmBursar(options: EvmBursarOptions): Bursar {
  checkOptions(options, evmBursarChecks)
  const { evm, gasAccount, ...shared } = options
  return assemble(shared, evm === undefined ? [] : [evmAccount(evm, { ...shared, gasAccount })])
}

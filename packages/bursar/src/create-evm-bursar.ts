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
}

/** The options of {@link EvmBursarOptions}. An account is checked where it is read, without showing a key. */
export const evmBursarChecks: OptionChecks<EvmBursarOptions> = { ...sharedChecks, evm: unchecked }

/**
 * Builds a fetch that pays on EVM networks, without a byte of Solana. `bursar/evm` calls it `createBursar`.
 *
 * @throws as `createBursar`
 */
export function createEvmBursar(options: EvmBursarOptions): Bursar {
  checkOptions(options, evmBursarChecks)
  const { evm, ...shared } = options
  return assemble(shared, evm === undefined ? [] : [evmAccount(evm, shared)])
}

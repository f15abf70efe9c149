import { checkOptions, type OptionChecks, unchecked } from '@bursar/core'
import type { SolanaAccount } from '@bursar/solana'
import { assemble } from './assemble.js'
import type { Bursar } from './bursar.js'
import { type EvmBursarOptions, evmBursarChecks } from './create-evm-bursar.js'
import { evmAccount } from './evm-account.js'
import { solanaAccount } from './solana-account.js'

/** What a bursar is made from. `limits` is required, and one account at least. */
export interface BursarOptions extends EvmBursarOptions {
  /**
   * Pays on Solana: a secret key in base58 or as `solana-keygen` writes it, a web3.js `Keypair`, a wallet adapter, or a
   * kit signer. Loaded when a Solana offer is first considered. Default: nothing is paid on Solana.
   *
   * @example { solana: process.env.SVM_PRIVATE_KEY }
   */
  readonly solana?: SolanaAccount | undefined
}

/** What {@link BursarOptions} may hold, for packages whose own options have these and more. */
export const bursarChecks: OptionChecks<BursarOptions> = { ...evmBursarChecks, solana: unchecked }

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
  checkOptions(options, bursarChecks)
  const { evm, gasAccount, solana, ...shared } = options
  return assemble(shared, [
    ...(evm === undefined ? [] : [evmAccount(evm, { ...shared, gasAccount })]),
    ...(solana === undefined ? [] : [solanaAccount(solana, shared)])
  ])
}

import {
  type Auditor,
  type ClockOptions,
  checkOptions,
  type OptionChecks,
  optionsOf,
  type RegistryOptions,
  registryChecks,
  systemClock,
  unchecked
} from '@bursar/core'
import { createRegistry } from '@bursar/core/registry'
import { createAuthorizer } from '../account/create-authorizer.js'
import type { SolanaAccount } from '../account/solana-account.js'
import { tokenAccountOf } from '../address/token-account.js'
import { createSolanaReader, type SolanaReaderOptions, solanaReaderChecks } from '../rpc/chain-reader.js'
import { createMints } from '../rpc/mints.js'
import { confirmTransfer } from './confirm-transfer.js'
import { readDebits } from './read-debits.js'

/** What a Solana auditor is made from. Only `account` is required. */
export interface SolanaAuditorOptions
  extends Omit<SolanaReaderOptions, 'clock'>,
    ClockOptions,
    RegistryOptions {
  /**
   * The account whose payments are read: a secret key, a web3.js `Keypair`, a wallet adapter, or a kit signer.
   *
   * @example { account: process.env.SVM_PRIVATE_KEY }
   */
  readonly account: SolanaAccount
}

const solanaAuditorChecks: OptionChecks<SolanaAuditorOptions> = {
  ...solanaReaderChecks,
  account: unchecked,
  known: optionsOf(registryChecks)
}

/**
 * Reads what an account has paid on Solana. It cancels nothing: a payment there expires by itself within two minutes.
 *
 * @example
 * ```ts
 * const auditor = createSolanaAuditor({ account: process.env.SVM_PRIVATE_KEY ?? '' })
 * const debits = await auditor.readDebits(SOLANA_MAINNET, Date.now() - 86_400_000)
 * ```
 * @throws {TypeError} when an option is unknown or malformed. The message shows neither a key nor a URL.
 */
export function createSolanaAuditor(options: SolanaAuditorOptions): Auditor {
  checkOptions(options, solanaAuditorChecks)
  const { account, known, clock = systemClock } = options
  const authorizer = createAuthorizer(account)
  const registry = createRegistry(known)
  const reader = createSolanaReader({ ...options, clock })
  const mints = createMints(reader)
  return {
    family: 'solana',
    confirm: (claim, signal) =>
      reader.read(claim.network, (rpc) => confirmTransfer(rpc, claim), { signal, moneyState: 'unknown' }),
    async readDebits(network, fromMs, signal) {
      const asset = registry.requireDefaultAsset(network)
      const [owner, mint] = await Promise.all([authorizer.address(), mints.read(asset, signal)])
      const tokenAccount = tokenAccountOf(owner, mint.address, mint.tokenProgram)
      const query = { network, mint: asset.address, owner: owner.text, account: tokenAccount, fromMs }
      return reader.read(network, (rpc) => readDebits(rpc, query), { signal })
    }
  }
}

import {
  type BalanceReader,
  type ClockOptions,
  checkFlag,
  checkFunction,
  checkOptions,
  type OptionChecks,
  optionsOf,
  type Payer,
  type RandomOptions,
  type RegistryOptions,
  registryChecks,
  systemClock,
  systemRandom,
  unchecked,
  unreadableReason,
  wholeNumberFrom
} from '@bursar/core'
import { createRegistry } from '@bursar/core/registry'
import { createAuthorizer } from './account/create-authorizer.js'
import type { SolanaAccount } from './account/solana-account.js'
import { createPreparation } from './payment/prepare-payment.js'
import { checkOffer, saysTooLate } from './payment/rejection.js'
import { createBalanceReader } from './rpc/balance-reader.js'
import { createBlockhashes } from './rpc/blockhashes.js'
import {
  createSolanaReader,
  publicUrls,
  type SolanaReaderOptions,
  solanaReaderChecks
} from './rpc/chain-reader.js'
import { createMints } from './rpc/mints.js'
import { createSettlementReader } from './rpc/settlement-status.js'
import { createTokenAccounts } from './rpc/token-accounts.js'

/** What a Solana payer is made from. Only `account` is required. */
export interface SolanaPayerOptions
  extends Omit<SolanaReaderOptions, 'clock'>,
    ClockOptions,
    RandomOptions,
    RegistryOptions {
  /**
   * The account that pays: a secret key, a web3.js `Keypair`, a wallet adapter, or a kit signer.
   *
   * @example { account: process.env.SVM_PRIVATE_KEY ?? '' }
   */
  readonly account: SolanaAccount
  /**
   * The time between two blocks, in milliseconds; a blockhash lives for 150 of them. Local chains are faster than
   * mainnet. Default: 400.
   *
   * @example { slotTimeMs: 50 }
   */
  readonly slotTimeMs?: number | undefined
  /**
   * Whether to pay offers that name this account as the fee payer. Such a payment costs about 0.000005 SOL in
   * addition, which no limit counts. Default: `false`, such offers are rejected.
   *
   * @example { paysOwnFees: true }
   */
  readonly paysOwnFees?: boolean | undefined
}

const solanaPayerChecks: OptionChecks<SolanaPayerOptions> = {
  ...solanaReaderChecks,
  account: unchecked,
  slotTimeMs: wholeNumberFrom(1, 60_000),
  paysOwnFees: checkFlag,
  known: optionsOf(registryChecks),
  random: checkFunction
}

/** Pays with token transfers that the server's fee payer completes, and reads their settlement status. */
export interface SolanaPayer extends Payer {
  readonly family: 'solana'
  readonly balances: BalanceReader
}

/**
 * Builds a payer for Solana.
 *
 * @example
 * ```ts
 * const payer = createSolanaPayer({ account: process.env.SVM_PRIVATE_KEY ?? '', rpcUrls: { [SOLANA_MAINNET]: 'https://…' } })
 * await payer.balances.readUsdc(SOLANA_MAINNET) // 1_000_000n = 1 USDC
 * ```
 * @throws {TypeError} when an option is unknown or malformed. The message shows neither a key nor a URL.
 * @see x402 exact/SVM
 */
export function createSolanaPayer(options: SolanaPayerOptions): SolanaPayer {
  checkOptions(options, solanaPayerChecks)
  const { account, known, slotTimeMs = 400, paysOwnFees = false } = options
  const { clock = systemClock, random = systemRandom } = options
  const authorizer = createAuthorizer(account)
  const reader = createSolanaReader({ ...options, clock })
  const mints = createMints(reader)
  const tokenAccounts = createTokenAccounts(reader)
  const blockhashes = createBlockhashes(reader, { clock, slotTimeMs })
  const accounts = { authorizer, mints, tokenAccounts }
  return {
    family: 'solana',
    address: async () => (await authorizer.address()).text,
    balances: createBalanceReader({ ...accounts, reader, registry: createRegistry(known) }),
    async rejectionReason(offer, dialect) {
      const checked = checkOffer(offer, dialect, { owner: await authorizer.address(), paysOwnFees })
      if (typeof checked === 'string') return checked
      return unreadableReason(offer.network.id, [publicUrls, options.rpcUrls, options.transports])
    },
    prepare: createPreparation({ ...accounts, blockhashes, random, slotTimeMs, paysOwnFees }),
    saysTooLate,
    ...createSettlementReader(reader)
  }
}

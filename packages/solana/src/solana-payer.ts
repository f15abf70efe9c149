import {
  type AtomicUsdc,
  atomicUsdc,
  type Clock,
  createRegistry,
  type NetworkId,
  type Payer,
  type RandomBytes,
  type RegistryAdditions,
  systemClock,
  systemRandom
} from '@bursar/core'
import { createAuthorizer } from './account/authorizer.js'
import type { SolanaAccount } from './account/solana-account.js'
import { tokenAccountOf } from './address/token-account.js'
import { readOfferFields } from './offer-fields.js'
import { createPreparation } from './preparation.js'
import { readBalance } from './rpc/balance.js'
import { createBlockhashes } from './rpc/blockhashes.js'
import { createChainReader, type RpcUrls } from './rpc/chain-reader.js'
import { createMints } from './rpc/mints.js'
import { readFate } from './rpc/payment-fate.js'
import { createTokenAccounts } from './rpc/token-accounts.js'
import { readSentPayment } from './transaction/sent-payment.js'

/** What a Solana payer is made from. */
export interface SolanaPayerOptions {
  readonly account: SolanaAccount
  /** Default for mainnet and devnet: their makers' public endpoints, which are rate-limited. */
  readonly rpcUrls?: RpcUrls | undefined
  /** For each call to an endpoint. Default 10_000. */
  readonly rpcTimeoutMs?: number
  /** Milliseconds between blocks; a blockhash lives for 150 of them. Default 400. Local chains are faster. */
  readonly slotTimeMs?: number
  /**
   * Pays offers that name this account as the fee payer. Such a payment costs about 0.000005 SOL, which no limit
   * counts, so it is refused by default.
   */
  readonly paysOwnFees?: boolean
  /** Assets beyond Circle's USDC. */
  readonly known?: RegistryAdditions | undefined
  readonly clock?: Clock | undefined
  readonly random?: RandomBytes | undefined
  /** Talks to the endpoints. Default: the platform's. */
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>
}

/** Pays with token transfers that the server's fee payer completes, and reads the chain. */
export interface SolanaPayer extends Payer {
  /** Base58. */
  address(): Promise<string>
  /** `1_000_000n = 1 USDC`, in the account's associated token account. @throws {BursarError} `rpc/unavailable` */
  usdcBalance(network: NetworkId): Promise<AtomicUsdc>
  /** Lamports: `1_000_000_000n = 1 SOL`. @throws {BursarError} `rpc/unavailable` */
  solBalance(network: NetworkId): Promise<bigint>
}

/**
 * Builds a payer for Solana.
 *
 * @example
 * ```ts
 * const payer = solanaPayer({ account: process.env.SVM_PRIVATE_KEY, rpcUrls: { [SOLANA_MAINNET]: url } })
 * const bursar = createBursar({ payers: [payer], limits: { payment: '0.25' } })
 * ```
 * @throws {TypeError} when the account or an RPC URL is malformed. The message shows neither.
 * @see x402 exact/SVM
 */
export function solanaPayer(options: SolanaPayerOptions): SolanaPayer {
  const { rpcUrls = {}, rpcTimeoutMs: timeoutMs = 10_000, slotTimeMs = 400, paysOwnFees = false } = options
  const { clock = systemClock, random = systemRandom, fetch = globalThis.fetch } = options
  const authorizer = createAuthorizer(options.account)
  const registry = createRegistry(options.known)
  const reader = createChainReader({ rpcUrls, timeoutMs, clock, fetch: (url, init) => fetch(url, init) })
  const mints = createMints(reader)
  const tokenAccounts = createTokenAccounts(reader)
  const blockhashes = createBlockhashes(reader, { clock, slotTimeMs })
  const prepare = createPreparation({
    authorizer,
    mints,
    tokenAccounts,
    blockhashes,
    random,
    slotTimeMs,
    paysOwnFees
  })
  return {
    family: 'solana',
    rejectionReason(offer, dialect) {
      const fields = readOfferFields(offer, dialect)
      return typeof fields === 'string' ? fields : undefined
    },
    prepare,
    async getSettlementStatus(payment, signal) {
      const sent = readSentPayment(payment)
      return reader.read(payment.network, (rpc) => readFate(rpc, sent, payment.expiry), signal, 'unknown')
    },
    address: async () => (await authorizer.address()).text,
    async usdcBalance(network) {
      const asset = registry.defaultAsset(network)
      if (!asset) throw new TypeError(`No asset is known on ${network}`)
      const [owner, mint] = await Promise.all([authorizer.address(), mints.read(asset)])
      const account = tokenAccountOf(owner, mint.address, mint.tokenProgram)
      return atomicUsdc(await tokenAccounts.balance(network, account, mint.tokenProgram))
    },
    async solBalance(network) {
      const { text } = await authorizer.address()
      return reader.read(network, (rpc) => readBalance(rpc, text))
    }
  }
}

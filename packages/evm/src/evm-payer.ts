import {
  type BalanceReader,
  type ClockOptions,
  checkFunction,
  checkOptions,
  isPermit2Offer,
  type LoadOnce,
  loadOnce,
  type Offer,
  type OptionChecks,
  optionsOf,
  type Payer,
  type PaymentTerms,
  type PreparedPayment,
  type RandomOptions,
  type RegistryOptions,
  registryChecks,
  systemClock,
  systemRandom,
  unchecked,
  unreadableReason,
  wholeNumberFrom
} from '@bursar/core'
import { createAuthorizer } from './account/create-authorizer.js'
import type { EvmAccount } from './account/evm-account.js'
import type { Address } from './address/address.js'
import { preparePayment } from './payment/prepare-payment.js'
import { offerRejectionReason } from './payment/rejection.js'
import { isDomainSettled } from './payment/token-domain.js'
import type { ChainReads } from './rpc/chain-reads.js'
import { publicUrls } from './rpc/public-urls.js'
import { type EvmReaderOptions, evmReaderChecks } from './rpc/reader-options.js'

/** What an EVM payer is made from. Only `account` is required. */
export interface EvmPayerOptions
  extends Omit<EvmReaderOptions, 'clock'>,
    ClockOptions,
    RandomOptions,
    RegistryOptions {
  /**
   * The account that pays: a private key as hex, a viem account or wallet client, an ethers v6 signer, or any
   * other signer of typed data. It may be a contract.
   *
   * @example { account: process.env.EVM_PRIVATE_KEY ?? '' }
   */
  readonly account: EvmAccount
  /**
   * How far the payer's clock may run ahead of the chain's, in seconds: authorizations begin to hold that much
   * earlier than now. Default: 600.
   *
   * @example { clockSkewSeconds: 60 }
   */
  readonly clockSkewSeconds?: number | undefined
}

const evmPayerChecks: OptionChecks<EvmPayerOptions> = {
  ...evmReaderChecks,
  account: unchecked,
  clockSkewSeconds: wholeNumberFrom(0, 86_400),
  known: optionsOf(registryChecks),
  random: checkFunction
}

/** Pays with EIP-3009 authorizations on EVM networks, and reads their settlement status. */
export interface EvmPayer extends Payer {
  readonly family: 'eip155'
  /** With its checksum. */
  address(): Promise<Address>
  readonly balances: BalanceReader
}

/**
 * Builds a payer for Base and every other EVM network of the registry.
 *
 * @example
 * ```ts
 * const payer = createEvmPayer({ account: process.env.EVM_PRIVATE_KEY ?? '', rpcUrls: { 'eip155:8453': 'https://…' } })
 * await payer.balances.readUsdc('eip155:8453') // 1_000_000n = 1 USDC
 * ```
 * @throws {TypeError} when an option is unknown or malformed. The message shows neither a key nor a URL.
 * @see EIP-3009; x402 exact/EVM
 */
export function createEvmPayer(options: EvmPayerOptions): EvmPayer {
  checkOptions(options, evmPayerChecks)
  const { account, known, clockSkewSeconds = 600, clock = systemClock, random = systemRandom } = options
  const authorizer = createAuthorizer(account, async () => (await reads()).contracts)
  const parts = { authorizer, clock, random, clockSkewSeconds }
  const { rpcUrls, transports, rpcTimeoutMs, fetch } = options
  const reads: LoadOnce<ChainReads> = loadOnce(async () => {
    const { createChainReads } = await import('./rpc/chain-reads.js')
    return createChainReads({ rpcUrls, transports, rpcTimeoutMs, fetch, clock, authorizer, known })
  })
  const permit2 = loadOnce(async () => {
    const { createPermit2 } = await import('./permit2/permit2.js')
    return createPermit2({ ...parts, rpc: (await reads()).rpc })
  })
  const domains = loadOnce(async () => {
    const { createDomainJudge } = await import('./payment/settle-domain.js')
    return createDomainJudge((await reads()).rpc)
  })
  const prepareOffer: Payer['prepare'] = (offer, terms) => {
    if (isPermit2Offer(offer)) return permit2().then(({ prepare }) => prepare(offer, terms))
    return isDomainSettled(offer) ? preparePayment(parts, offer, terms) : settleDomain(offer, terms)
  }
  const settleDomain: Payer['prepare'] = async (offer, terms) =>
    preparePayment(parts, await (await domains()).settle(offer, terms.signal), terms)
  const checkTime = async (offer: Offer, terms: PaymentTerms, prepared: PreparedPayment): Promise<void> => {
    const { assertInTime } = await import('./payment/assert-in-time.js')
    const nowSeconds = Math.floor(clock.nowMs() / 1000)
    const isValidFromStart = isPermit2Offer(offer) || terms.dialect.validFromStart
    const beginsAt = isValidFromStart ? 0 : nowSeconds - clockSkewSeconds
    const window = { network: offer.network.id, nowSeconds, beginsAt, endsAt: prepared.expiresAtSeconds }
    await assertInTime((await reads()).rpc, window, terms)
  }
  return {
    family: 'eip155',
    address: authorizer.address,
    balances: {
      readUsdc: async (network, signal) => (await reads()).balances.readUsdc(network, signal),
      readToken: async (asset, signal) => (await reads()).balances.readToken(asset, signal),
      readGas: async (network, signal) => (await reads()).balances.readGas(network, signal)
    },
    async rejectionReason(offer, dialect, extensions) {
      const isPermit2 = isPermit2Offer(offer)
      const reason = isPermit2
        ? await (await permit2()).rejectionReason(offer, dialect, extensions)
        : offerRejectionReason(offer, await authorizer.address())
      if (reason !== undefined) return reason
      const unreadable = unreadableReason(offer.network.id, [publicUrls, rpcUrls, transports])
      if (unreadable !== undefined) return unreadable
      return isPermit2 || isDomainSettled(offer) ? undefined : (await domains()).rejectionReason(offer)
    },
    prepare(offer, terms) {
      const preparing = prepareOffer(offer, terms)
      if (terms.serverAheadSeconds === undefined) return preparing
      return preparing.then(async (prepared) => {
        await checkTime(offer, terms, prepared)
        return prepared
      })
    },
    getSettlementStatus: async (payment, signal) =>
      (await reads()).settlements.getSettlementStatus(payment, signal),
    getSettlementStatuses: async (network, payments, signal) =>
      (await reads()).settlements.getSettlementStatuses(network, payments, signal)
  }
}

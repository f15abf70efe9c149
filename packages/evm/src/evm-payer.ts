import {
  type AtomicUsdc,
  atomicUsdc,
  type Clock,
  createRegistry,
  type NetworkId,
  type Offer,
  type Payer,
  type PaymentTerms,
  type RandomBytes,
  type RegistryAdditions,
  type SignedPayment,
  systemClock,
  systemRandom
} from '@bursar/core'
import { createAuthorizer } from './account/authorizer.js'
import type { Address, EvmAccount, Hex } from './account/evm-account.js'
import { toHex } from './account/hex.js'
import { type Authorization, wirePayload } from './authorization.js'
import { domainOf, hasDomain } from './domain.js'
import { createChainReader, type RpcUrls } from './rpc/chain-reader.js'
import { validitySeconds } from './validity.js'

/** What an EVM payer is made from. */
export interface EvmPayerOptions {
  readonly account: EvmAccount
  /** Default for Base and Base Sepolia: their makers' public endpoints. Others must be given to be read. */
  readonly rpcUrls?: RpcUrls | undefined
  /** For each endpoint. Default 10_000. */
  readonly rpcTimeoutMs?: number
  /** How far the payer's clock may run ahead of the chain's. Default 600. */
  readonly clockSkewSeconds?: number
  /** Assets beyond Circle's USDC. */
  readonly known?: RegistryAdditions | undefined
  readonly clock?: Clock | undefined
  readonly random?: RandomBytes | undefined
}

/** Pays with EIP-3009 authorizations, and reads the chain. */
export interface EvmPayer extends Payer {
  address(): Promise<Address>
  /** `1_000_000n = 1 USDC`. @throws {BursarError} `rpc/unavailable` */
  usdcBalance(network: NetworkId): Promise<AtomicUsdc>
  /** Wei of the network's gas coin. @throws {BursarError} `rpc/unavailable` */
  gasBalance(network: NetworkId): Promise<bigint>
  /** Whether USDC has used up a nonce of ours. @throws {BursarError} `rpc/unavailable` */
  authorizationState(network: NetworkId, nonce: string): Promise<boolean>
  /** Unix seconds of the latest block. @throws {BursarError} `rpc/unavailable` */
  chainTimeSeconds(network: NetworkId): Promise<number>
}

/**
 * Builds a payer for Base and every other EVM network of the registry.
 *
 * @throws {TypeError} when the account is malformed. The message never shows a key.
 * @see EIP-3009; x402 exact/EVM
 */
export function evmPayer(options: EvmPayerOptions): EvmPayer {
  const { rpcUrls = {}, rpcTimeoutMs = 10_000, clockSkewSeconds = 600 } = options
  const clock = options.clock ?? systemClock
  const random = options.random ?? systemRandom
  const authorizer = createAuthorizer(options.account)
  const registry = createRegistry(options.known)
  const reader = createChainReader(rpcUrls, rpcTimeoutMs)
  const tokenOf = (network: NetworkId): string => {
    const asset = registry.defaultAsset(network)
    if (!asset) throw new TypeError(`No asset is known on ${network}`)
    return asset.address
  }
  return {
    family: 'eip155',
    rejectionReason: offerRejectionReason,
    async prepare(offer, terms) {
      const domain = domainOf(offer)
      const signSync = await authorizer.syncSigner()
      const nowSeconds = Math.floor(clock.nowMs() / 1000)
      const expiresAtSeconds = nowSeconds + validitySeconds(offer.maxTimeoutSeconds, terms.maxValiditySeconds)
      const authorization: Authorization = {
        from: await authorizer.address(),
        to: offer.payTo as Address,
        value: offer.amountAtomic,
        validAfter: BigInt(Math.max(0, nowSeconds - clockSkewSeconds)),
        validBefore: BigInt(expiresAtSeconds),
        nonce: toHex(random(32))
      }
      const toPayment = (signature: Hex): SignedPayment => signed(authorization, signature, offer, terms)
      return {
        payer: authorization.from,
        expiresAtSeconds,
        async sign() {
          return toPayment(await authorizer.sign(domain, authorization))
        },
        signSync: signSync && (() => toPayment(signSync(domain, authorization)))
      }
    },
    getSettlementStatus: (payment, signal) =>
      reader.read(payment.network, (chain) => chain.fate(payment, clock.nowMs()), signal),
    address: authorizer.address,
    async usdcBalance(network) {
      const owner = await authorizer.address()
      return atomicUsdc(await reader.read(network, (chain) => chain.tokenBalance(tokenOf(network), owner)))
    },
    async gasBalance(network) {
      const owner = await authorizer.address()
      return reader.read(network, (chain) => chain.gasBalance(owner))
    },
    async authorizationState(network, nonce) {
      const payer = await authorizer.address()
      return reader.read(network, (chain) => chain.authorizationState(tokenOf(network), payer, nonce))
    },
    chainTimeSeconds: (network) => reader.read(network, (chain) => chain.timeSeconds())
  }
}

function offerRejectionReason(offer: Offer): string | undefined {
  const method = offer.extra.assetTransferMethod
  if (method !== undefined && method !== 'eip3009') return 'its assetTransferMethod is not eip3009'
  return hasDomain(offer) ? undefined : 'the signing domain of its asset is not known'
}

function signed(
  authorization: Authorization,
  signature: Hex,
  offer: Offer,
  { dialect }: PaymentTerms
): SignedPayment {
  return {
    network: offer.network.id,
    asset: offer.asset.address,
    payer: authorization.from,
    payTo: offer.payTo,
    amountAtomic: offer.amountAtomic,
    reference: authorization.nonce,
    expiresAtSeconds: Number(authorization.validBefore),
    expiry: authorization.validBefore,
    payload: wirePayload(authorization, signature, dialect.numericTimes)
  }
}

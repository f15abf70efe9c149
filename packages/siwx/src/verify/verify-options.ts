import {
  type ClockOptions,
  checkClock,
  checkNetworkId,
  checkObject,
  checkRpcUrls,
  checkText,
  listOf,
  type NetworkId,
  type OptionChecks,
  type RpcUrls,
  unchecked,
  wholeNumberFrom
} from '@bursar/core'
import type { NonceStore } from './nonce-store.js'

/** How a proof is verified. */
export interface VerifyOptions extends ClockOptions {
  /**
   * Remembers used nonces, so that each proof counts once. Default: none, and a proof can be used again while it is
   * fresh.
   *
   * @example { nonces: createMemoryNonceStore() }
   */
  readonly nonces?: NonceStore | undefined
  /**
   * The one wallet that may have signed, such as the one in the request's path. Default: any wallet.
   *
   * @example { wallet: '0x…' }
   */
  readonly wallet?: string | undefined
  /** How old a proof may be, in seconds. Default: 300. @example { maxAgeSeconds: 60 } */
  readonly maxAgeSeconds?: number | undefined
  /**
   * How far in the future its time of issue may be, in seconds. Default: 30 for Katana's and Venice's proofs, 0 for
   * the standard's.
   *
   * @example { maxFutureSeconds: 10 }
   */
  readonly maxFutureSeconds?: number | undefined
  /**
   * RPC endpoints by network, which check the signatures of contract wallets (EIP-1271, EIP-6492). Default: none,
   * and such signatures are rejected.
   *
   * @example { rpcUrls: { 'eip155:8453': 'https://mainnet.base.org' } }
   */
  readonly rpcUrls?: RpcUrls | undefined
  /**
   * The longest that one call to an endpoint may take, in milliseconds. Default: 10_000.
   *
   * @example { rpcTimeoutMs: 3_000 }
   */
  readonly rpcTimeoutMs?: number | undefined
  /**
   * Networks whose wallets are accepted. Default: Base and Solana mainnet.
   *
   * @example { networks: ['eip155:8453'] }
   */
  readonly networks?: readonly NetworkId[] | undefined
  /**
   * Ends the wait for an endpoint. Default: `rpcTimeoutMs` alone ends it.
   *
   * @example { signal: AbortSignal.timeout(5_000) }
   */
  readonly signal?: AbortSignal | undefined
}

/** For proofs that name the server they are for. */
export interface OriginVerifyOptions extends VerifyOptions {
  /**
   * The server's own public origin. Never take it from the Host header, which the client chooses.
   *
   * @example { origin: 'https://api.example.com' }
   */
  readonly origin: string | URL
}

/** With what is no number, such as that of a setting which is missing, no proof would be too old, and none used before. */
const checkSeconds = wholeNumberFrom(0, 31_536_000)

/** The options of {@link VerifyOptions}. */
export const verifyChecks: OptionChecks<VerifyOptions> = {
  nonces: checkObject,
  wallet: checkText,
  maxAgeSeconds: checkSeconds,
  maxFutureSeconds: checkSeconds,
  rpcUrls: checkRpcUrls,
  rpcTimeoutMs: wholeNumberFrom(1, 600_000),
  networks: listOf(checkNetworkId),
  clock: checkClock,
  signal: checkObject
}

/** The options of {@link OriginVerifyOptions}. */
export const originVerifyChecks: OptionChecks<OriginVerifyOptions> = { ...verifyChecks, origin: unchecked }

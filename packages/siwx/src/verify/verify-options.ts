import {
  type Clock,
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
export interface VerifyOptions {
  /** Without it, a proof can be used again while it is fresh. */
  readonly nonces?: NonceStore | undefined
  /** The one wallet that may have signed, such as the one in the request's path. */
  readonly wallet?: string | undefined
  /** How old a proof may be. Default 300. */
  readonly maxAgeSeconds?: number | undefined
  /** How far ahead of our clock it may have been issued. */
  readonly maxFutureSeconds?: number | undefined
  /** Endpoints to ask about contract wallets (EIP-1271, EIP-6492). Without them, those are refused. */
  readonly rpcUrls?: RpcUrls | undefined
  /** For each call to an endpoint, in milliseconds. Default 10_000. */
  readonly rpcTimeoutMs?: number | undefined
  /** Networks whose wallets are served. Default: Base and Solana mainnet. */
  readonly networks?: readonly NetworkId[] | undefined
  readonly clock?: Clock | undefined
  /** Ends the wait for an endpoint. */
  readonly signal?: AbortSignal | undefined
}

/** For proofs that name the server they are for. */
export interface OriginVerifyOptions extends VerifyOptions {
  /** The server's own public origin, such as `https://api.example.com`. Never what a Host header says. */
  readonly origin: string | URL
}

/** The options of {@link VerifyOptions}. */
export const verifyChecks: OptionChecks<VerifyOptions> = {
  nonces: checkObject,
  wallet: checkText,
  maxAgeSeconds: unchecked,
  maxFutureSeconds: unchecked,
  rpcUrls: checkRpcUrls,
  rpcTimeoutMs: wholeNumberFrom(1, 600_000),
  networks: listOf(checkNetworkId),
  clock: checkObject,
  signal: checkObject
}

/** The options of {@link OriginVerifyOptions}. */
export const originVerifyChecks: OptionChecks<OriginVerifyOptions> = { ...verifyChecks, origin: unchecked }

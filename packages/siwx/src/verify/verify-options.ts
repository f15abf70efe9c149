import type { Clock, NetworkId } from '@bursar/core'
import type { NonceStore } from './nonce-store.js'
import type { RpcUrls } from './smart-wallet.js'

/** What every verifier is told. */
export interface VerifyOptions {
  /** Without it, a proof can be used again while it is fresh. */
  readonly nonces?: NonceStore
  /** The one wallet that may have signed, such as the one in the request's path. */
  readonly wallet?: string
  /** How old a proof may be. Default 300. */
  readonly maxAgeSeconds?: number
  /** How far ahead of our clock it may have been issued. */
  readonly maxFutureSeconds?: number
  /** Endpoints to ask about contract wallets (EIP-1271, EIP-6492). Without them, those are refused. */
  readonly rpcUrls?: RpcUrls
  /** For each endpoint. Default 10_000. */
  readonly rpcTimeoutMs?: number
  /** Networks whose wallets are served. Default: Base and Solana mainnet. */
  readonly networks?: readonly NetworkId[]
  readonly clock?: Clock
}

/** For proofs that name the server they are for. */
export interface OriginVerifyOptions extends VerifyOptions {
  /** The server's own public origin, such as `https://api.example.com`. Never what a Host header says. */
  readonly origin: string | URL
}

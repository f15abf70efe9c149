import type { KnownNetworkId } from './known-network-id.js'

/** A CAIP-2 chain id, such as `eip155:8453` for Base. Editors complete the known ones; any other is allowed. */
export type NetworkId = KnownNetworkId | (`${string}:${string}` & {})

/** The kind of chain, which is the namespace of its CAIP-2 id. */
export type NetworkFamily = 'eip155' | 'solana'

/** A chain that x402 can settle on. */
export interface Network {
  readonly id: NetworkId
  readonly family: NetworkFamily
  /** For people: `Base`. */
  readonly name: string
  /** The name that x402 v1 used, if it knew the network: `base`. */
  readonly v1Name?: string | undefined
  /** Whether its money is worth nothing. Default: it is worth what its tokens say. */
  readonly isTest?: boolean | undefined
}

/** A token that may be signed for. */
export interface Asset {
  readonly network: NetworkId
  /** EVM: contract address. Solana: mint. */
  readonly address: string
  readonly symbol: string
  readonly decimals: number
  /**
   * What one whole unit is worth one of, such as `EUR`. `USD`: it counts as one dollar against the limits. Anything else, and
   * what is absent, is paid only with a rate of the user's.
   */
  readonly currency?: string | undefined
  /** EVM: the EIP-712 domain of the token's contract. */
  readonly domain?: { readonly name: string; readonly version: string }
  /**
   * EVM: how the token is transferred by signature. `'eip3009'`: by itself. `'permit2'`: through Permit2.
   * `'permit2+eip2612'`: through Permit2, which a signature of its own may allow. Default: `'eip3009'`.
   */
  readonly transfer?: TransferMethod | undefined
}

/** How an EVM token is transferred by signature. @see x402 exact/EVM, `extra.assetTransferMethod` */
export type TransferMethod = 'eip3009' | 'permit2' | 'permit2+eip2612'

/** Solana mainnet's CAIP-2 id, its genesis hash cut to 32 characters. */
export const SOLANA_MAINNET: NetworkId = 'solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp'
/** Solana devnet's CAIP-2 id. */
export const SOLANA_DEVNET: NetworkId = 'solana:EtWTRABZaYq6iMfeYKouRu166VU2xqa1'
/** Solana testnet's CAIP-2 id. */
export const SOLANA_TESTNET: NetworkId = 'solana:4uhcVJyU9pJkvQyS88uRDiswHXSCkY3z'
/** Base's CAIP-2 id. */
export const BASE: NetworkId = 'eip155:8453'
/** Base Sepolia's CAIP-2 id. */
export const BASE_SEPOLIA: NetworkId = 'eip155:84532'

import type { Clock, RandomBytes } from '@bursar/core'
import type { Address, Hex } from 'viem'
import type { KatanaOptions } from './katana/options.js'
import type { ReplayPolicy } from './payment/payment-service.js'
import type { RelaysOptions } from './relays/routes.js'

/** The chain that the gateway settles on. A `BaseChain` of `@bursar/localchain` is one. */
export interface BaseConnection {
  readonly rpcUrl: string
  /** Circle's USDC of the chain when absent. */
  readonly usdc?: Address
  /** Receives the payments. When absent, a fresh address, so that its balance is what this gateway took. */
  readonly payTo?: Address
  /**
   * Sends the settlements. When absent, a fresh account that `fundGas` pays for, so that gateways on one chain
   * do not share a nonce; failing that, the last but one of `accounts`.
   */
  readonly relayerKey?: Hex
  readonly fundGas?: (address: Address, wei?: bigint) => Promise<void>
  readonly accounts?: readonly { readonly privateKey: Hex }[]
}

/** The Solana that the gateway settles on. A `SolanaChain` of `@bursar/localchain/solana` is one. */
export interface SolanaConnection {
  readonly rpcUrl: string
  /** The mint, base58. USDC of mainnet when absent. */
  readonly usdc?: string
  /** 64 bytes. Receives the payments, and pays Katana's fees. When absent, a fresh account. */
  readonly payeeKey?: Uint8Array
  /** 64 bytes. Pays the standard's fees. When absent, a fresh account. */
  readonly feePayerKey?: Uint8Array
  /** Gives both accounts SOL. When absent, they must have some. */
  readonly fundSol?: (address: string) => Promise<void>
  /** `missing`: leaves the payee without a token account until somebody pays. `created` when absent. */
  readonly tokenAccount?: 'created' | 'missing'
}

/** How a gateway is started. At least one chain is needed, or relays; Base is offered first. */
export interface GatewayOptions {
  readonly base?: BaseConnection
  readonly solana?: SolanaConnection
  /** Any free port when absent. */
  readonly port?: number
  readonly host?: '127.0.0.1'
  /**
   * A paid request that arrives again unchanged is answered from its record (`answer`, the default) or refused
   * as a nonce that was used (`reject`). Katana does not document which.
   */
  readonly replay?: ReplayPolicy
  /** Largest body that is read, at most 64 MiB. 16 MiB when absent. */
  readonly maxBodyBytes?: number
  /** Milliseconds that a receipt is waited for before the settlement counts as pending. 10000 when absent. */
  readonly receiptTimeoutMs?: number
  readonly katana?: KatanaOptions
  /** Services that bill an account by a key: `/relays/openclaw`, `/relays/tokenhot`, `/relays/tokenhub`. */
  readonly relays?: RelaysOptions
  /**
   * The time of jobs and of the Date header, and, when given, of `validAfter` and `validBefore`, which are
   * otherwise held against the time of the chain's next block.
   */
  readonly clock?: Clock
  /** Where ids, the default payee and the default relayer come from. */
  readonly random?: RandomBytes
}

const MIB = 1024 * 1024
const MAX_BODY_BYTES = 64 * MIB

/** @throws {TypeError} when it is no whole number from 1 to 64 MiB. */
export function bodyLimitOf({ maxBodyBytes = 16 * MIB }: GatewayOptions): number {
  if (!Number.isInteger(maxBodyBytes) || maxBodyBytes < 1 || maxBodyBytes > MAX_BODY_BYTES) {
    throw new TypeError(`maxBodyBytes must be a whole number from 1 to ${MAX_BODY_BYTES}`)
  }
  return maxBodyBytes
}

import type { Clock, RandomBytes } from '@bursar/core'
import type { Address, Hex } from 'viem'
import type { KatanaOptions } from './katana/options.js'
import type { ReplayPolicy } from './payment/payment-service.js'
import type { RelaysOptions } from './relays/options.js'

/** The EVM chain that the gateway settles on. A `BaseChain` of `@bursar/localchain` is one. */
export interface BaseConnection {
  readonly rpcUrl: string
  /** Default: Circle's USDC of the chain. */
  readonly usdc?: Address
  /** Receives the payments. Default: a new address, so that its balance is what this gateway was paid. */
  readonly payTo?: Address
  /**
   * Sends the settlements. Default: a new account that `fundGas` pays for, so that gateways on one chain do not
   * share a nonce. Without `fundGas`, the last but one of `accounts`.
   */
  readonly relayerKey?: Hex
  readonly fundGas?: (address: Address, wei?: bigint) => Promise<void>
  readonly accounts?: readonly { readonly privateKey: Hex }[]
}

/** The Solana network that the gateway settles on. A `SolanaChain` of `@bursar/localchain/solana` is one. */
export interface SolanaConnection {
  readonly rpcUrl: string
  /** The mint, base58. Default: USDC of mainnet. */
  readonly usdc?: string
  /** 64 bytes. Receives the payments, and pays the fees of Katana's. Default: a new account. */
  readonly payeeKey?: Uint8Array
  /** 64 bytes. Pays the fees of standard payments. Default: a new account. */
  readonly feePayerKey?: Uint8Array
  /** Gives both accounts SOL. Without it they must have some. */
  readonly fundSol?: (address: string) => Promise<void>
  /** `missing` leaves the payee without a token account until the first payment. Default: `created`. */
  readonly tokenAccount?: 'created' | 'missing'
}

/** How a gateway is started. It needs at least one chain, or relays. */
export interface GatewayOptions {
  /** Offered first when both chains are given. */
  readonly base?: BaseConnection
  readonly solana?: SolanaConnection
  /** Default: any free port. */
  readonly port?: number
  readonly host?: '127.0.0.1'
  /**
   * What happens to a paid request that arrives again unchanged, which Katana does not document. `answer`
   * (default) sends the recorded response again, `reject` rejects it as a nonce that was used.
   */
  readonly replay?: ReplayPolicy
  /** Largest body that is read, from 1 byte to 64 MiB. Default: 16 MiB. */
  readonly maxBodyBytes?: number
  /** Milliseconds to wait for a receipt before a settlement is reported as pending. Default: 10000. */
  readonly receiptTimeoutMs?: number
  readonly katana?: KatanaOptions
  /** Services that bill an account by its key: `/relays/openclaw`, `/relays/tokenhot`, `/relays/tokenhub`. */
  readonly relays?: RelaysOptions
  /**
   * The time of jobs and of the Date header. The times of a payment are compared with the chain's next block instead.
   * Default: the machine's clock.
   */
  readonly clock?: Clock
  /** Where ids, the default payees and the default relayer come from. */
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

import type { Clock, NetworkId, RandomBytes } from '@bursar/core'
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
  /** The network that offers name. Default: mainnet. */
  readonly network?: NetworkId
  /** The mint, base58. Default: USDC of the network. */
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
  /**
   * The EVM chain that payments settle on. It is offered first when both chains are given. Default: nothing is paid
   * on Base.
   *
   * @example { base: await startBase() }
   */
  readonly base?: BaseConnection
  /**
   * The Solana network that payments settle on. Default: nothing is paid on Solana.
   *
   * @example { solana: await startSolana() }
   */
  readonly solana?: SolanaConnection
  /** The port of the server. Default: any free port. @example { port: 4020 } */
  readonly port?: number
  /**
   * The address of the server, which serves this machine alone. Default: `127.0.0.1`.
   *
   * @example { host: '127.0.0.1' }
   */
  readonly host?: '127.0.0.1'
  /**
   * What happens to a paid request that arrives again unchanged, which Katana does not document. `answer` sends the
   * recorded response again, `reject` rejects it as a nonce that was used. Default: `answer`.
   *
   * @example { replay: 'reject' }
   */
  readonly replay?: ReplayPolicy
  /**
   * The largest request body that is read, in bytes, from 1 to 67_108_864 (64 MiB). Default: 16_777_216 (16 MiB).
   *
   * @example { maxBodyBytes: 1024 * 1024 }
   */
  readonly maxBodyBytes?: number
  /**
   * The wait for a receipt before a settlement is reported as pending, in milliseconds. Default: 10_000.
   *
   * @example { receiptTimeoutMs: 1_000 }
   */
  readonly receiptTimeoutMs?: number
  /**
   * Choices where Katana's documentation is silent. Default: those of {@link KatanaOptions}.
   *
   * @example { katana: { generationMs: 0 } }
   */
  readonly katana?: KatanaOptions
  /**
   * Services that bill an account by its key: `/relays/openclaw`, `/relays/tokenhot`, `/relays/tokenhub`. Default:
   * their paths do not exist.
   *
   * @example { relays: { accounts: [{ key: 'sk-local', usd: '1' }] } }
   */
  readonly relays?: RelaysOptions
  /**
   * Tells the time of jobs and of the Date header. The times of a payment are compared with the chain's next block
   * instead. Default: the machine's clock.
   *
   * @example { clock: testClock }
   */
  readonly clock?: Clock
  /**
   * Makes ids, the default payees and the default relayer. Default: the platform's cryptographic randomness.
   *
   * @example { random: (length) => new Uint8Array(length) }
   */
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

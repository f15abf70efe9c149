import type { Address, Hash, Hex, TransactionReceipt } from 'viem'
import type { DevAccount } from './dev-accounts.js'
import type { UsdcTransfer } from './usdc-transfers.js'
import type { UsedAuthorization } from './used-authorizations.js'

/** A running local Base with Circle's USDC. Amounts: `1_000_000n = 1 USDC`. */
export interface BaseChain extends AsyncDisposable {
  readonly rpcUrl: string
  readonly chainId: number
  readonly usdc: Address
  /** Development accounts with 10,000 ETH each. The last one administers USDC. */
  readonly accounts: readonly DevAccount[]
  mint(to: Address, amountAtomic: bigint): Promise<void>
  balanceOf(address: Address): Promise<bigint>
  /** Adds ETH to an account. Default: 1 ETH. */
  fundGas(address: Address, wei?: bigint): Promise<void>
  authorizationState(authorizer: Address, nonce: Hex): Promise<boolean>
  /** The authorizations that were settled, from the chain's logs, oldest first. */
  authorizationsUsed(authorizer?: Address): Promise<readonly UsedAuthorization[]>
  /** What an account has sent, by whatever method of the token, oldest first. */
  transfersFrom(sender: Address): Promise<readonly UsdcTransfer[]>
  /**
   * Waits until a transaction is in a block, whether it succeeds or reverts there.
   *
   * @throws {BursarError} `chain/unavailable` when it gets into no block.
   */
  awaitReceipt(transaction: Hash): Promise<TransactionReceipt>
  /** Timestamp of the latest block, in Unix seconds. */
  nowSeconds(): Promise<number>
  /** Moves the chain's clock forward and mines a block. */
  increaseTime(seconds: number): Promise<void>
  /**
   * Remembers the state of the chain, its time included.
   *
   * @returns a function that restores it. It can be called again; older ones are of no use after it was called.
   */
  snapshot(): Promise<() => Promise<void>>
  /** Forbids an address to send and receive USDC, as Circle can. */
  blacklist(address: Address): Promise<void>
  /** Stops all transfers of USDC, as Circle can. */
  pause(): Promise<void>
  unpause(): Promise<void>
  /** Ends the chain and waits until it is gone. Can be called again. */
  stop(): Promise<void>
}

import type { NetworkId } from '@bursar/core'
import type { SettledTransfer } from './settled-transfers.js'

/** The program that runs the chain. */
export type SolanaEngineName = 'surfpool' | 'litesvm'

/** A running local Solana with USDC at its address. USDC amounts: `1_000_000n = 1 USDC`. */
export interface SolanaChain extends AsyncDisposable {
  readonly rpcUrl: string
  readonly engine: SolanaEngineName
  readonly slotTimeMs: number
  /** The network that it stands in for: mainnet, or devnet. */
  readonly network: NetworkId
  /** The mint, base58. */
  readonly usdc: string
  /** Mints to the owner's token account, which is created when it does not exist. Resolves once it is in a block. */
  mint(owner: string, amountAtomic: bigint): Promise<void>
  /** Sets the balance of the owner's token account, at once and without a transaction. Creates the account. */
  setBalance(owner: string, amountAtomic: bigint): Promise<void>
  /** The balance of the owner's token account. Zero when it does not exist. */
  balanceOf(owner: string): Promise<bigint>
  /** Adds SOL to an account. Default: 1 SOL, `1_000_000_000n` lamports. */
  fundSol(address: string, lamports?: bigint): Promise<void>
  /** The transactions that moved an owner's USDC, from the node's history: the newest 1000, newest first. */
  settledTransfers(owner: string): Promise<readonly SettledTransfer[]>
  /**
   * Moves the chain's clock forward. With litesvm its height moves too, so that blockhashes expire as if the time had
   * passed. surfpool cannot do that: there a blockhash stays valid for 150 blocks by the machine's clock.
   */
  increaseTime(seconds: number): Promise<void>
  /**
   * Remembers the accounts of the chain.
   *
   * @returns a function that restores them, and takes the time back to the machine's. It can be called again. With surfpool the chain begins again at slot 0:
   *   blockhashes from before are not valid, and the history of transactions is empty.
   */
  snapshot(): Promise<() => Promise<void>>
  /** Ends the chain and waits until it is gone. Can be called again. */
  stop(): Promise<void>
}

/** Runs the programs of a local Solana and answers its JSON-RPC. */
export interface SolanaEngine {
  readonly rpcUrl: string
  /** Adds lamports to an account. */
  fundSol(address: string, lamports: bigint): void
  /** Writes an account without a transaction. */
  setAccount(account: RawAccount): void
  /**
   * Remembers the accounts.
   *
   * @returns a function that restores them, and takes the time back to the machine's. It can be called again.
   */
  snapshot(): Promise<() => Promise<void>>
  /** Moves the time of the chain forward. */
  travel(seconds: number): void
  /** Ends it and waits until it is gone. Can be called again. */
  stop(): Promise<void>
}

/** An account as the chain stores it. Addresses are base58. */
export interface RawAccount {
  readonly address: string
  readonly owner: string
  readonly lamports: bigint
  readonly data: Uint8Array
}

/** How an engine makes blocks. */
interface EngineOptions {
  /** Milliseconds between blocks. A blockhash is valid for 150 of them. */
  readonly slotTimeMs: number
}

/** Starts an engine. */
export type StartEngine = (options: EngineOptions) => Promise<SolanaEngine>

/** What runs the programs of a local Solana and answers its JSON-RPC. */
export interface SolanaEngine {
  readonly rpcUrl: string
  /** Gives lamports out of nothing. */
  fundSol(address: string, lamports: bigint): void
  /** Writes an account as if it had always been there. */
  setAccount(account: RawAccount): void
  /** Ends it, and waits until it is gone. May be called again. */
  stop(): Promise<void>
}

/** An account as the chain stores it. Addresses are base58. */
interface RawAccount {
  readonly address: string
  readonly owner: string
  readonly lamports: bigint
  readonly data: Uint8Array
}

/** How an engine makes blocks. */
interface EngineOptions {
  /** Milliseconds between blocks. A blockhash lives for 150 of them. */
  readonly slotTimeMs: number
}

/** Starts an engine. */
export type StartEngine = (options: EngineOptions) => Promise<SolanaEngine>

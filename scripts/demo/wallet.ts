import type { BursarOptions, NetworkId } from 'bursar'

/** A fresh wallet with 1 USDC on one chain, and who is paid there. */
export interface Wallet {
  readonly network: NetworkId
  readonly payer: string
  readonly payee: string
  readonly rpcUrl: string
  /** What `createBursar` is given to pay from it. */
  readonly keys: Pick<BursarOptions, 'evm' | 'solana'>
  /** Read from the chain. `1_000_000n = 1 USDC`. */
  balanceOf(address: string): Promise<bigint>
}

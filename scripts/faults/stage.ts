import type { Gateway } from '@bursar/gateway'
import type { BaseChain } from '@bursar/localchain'
import type { SolanaChain } from '@bursar/localchain/solana'
import type { Keypair } from '@solana/web3.js'

/** Who pays, and with what ledger. */
export interface Stage {
  readonly base: BaseChain
  readonly solana: SolanaChain
  readonly gateway: Gateway
  readonly evmKey: `0x${string}`
  readonly evmAddress: `0x${string}`
  readonly keypair: Keypair
  readonly ledgerPath: string
}

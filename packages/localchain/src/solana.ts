export type { SettledTransfer } from './solana/settled-transfers.js'
export type { SolanaChain, SolanaEngineName } from './solana/solana-chain.js'
export type { SolanaChainOptions } from './solana/start-solana.js'
export { startSolana } from './solana/start-solana.js'

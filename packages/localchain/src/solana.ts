export type { SettledTransfer } from './solana/settled-transfers.js'
export type { SolanaChain, SolanaChainOptions, SolanaEngineName } from './solana/solana-chain.js'
export { startSolana } from './solana/solana-chain.js'

export type { SolanaChain, SolanaChainOptions } from './solana/solana-chain.js'
export { startSolana } from './solana/solana-chain.js'

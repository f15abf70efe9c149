/** Reads secret keys of Solana. An entry of its own: a page that pays on EVM networks alone does not load it. */
export { readSolanaKey } from './options/solana-key.js'

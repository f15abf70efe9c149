export { payeeRejectionReason } from './sweep/payee.js'
export type { SolanaSweeperOptions } from './sweep/solana-sweeper.js'
export { createSolanaSweeper } from './sweep/solana-sweeper.js'

export type { EvmSweeperOptions } from './sweep/evm-sweeper.js'
export { createEvmSweeper } from './sweep/evm-sweeper.js'
export { payeeRejectionReason } from './sweep/payee.js'

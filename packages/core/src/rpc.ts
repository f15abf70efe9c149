/** Reads chains through JSON-RPC. An entry of its own, which a page loads with the first read. */
export { createChainReader } from './rpc/chain-reader.js'
export { readRpcResult } from './rpc/rpc-result.js'
export type { Patience, Submission } from './rpc/submit-transaction.js'
export { askOrNothing, awaitOutcome, submitTransaction } from './rpc/submit-transaction.js'

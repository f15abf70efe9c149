export type { Durability } from './stores/sqlite/commit-queue.js'
export { defaultPath } from './stores/sqlite/default-path.js'
export type { SqliteLedgerOptions } from './stores/sqlite/sqlite-ledger.js'
export { sqliteLedger } from './stores/sqlite/sqlite-ledger.js'

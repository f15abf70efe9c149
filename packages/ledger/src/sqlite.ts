export type { Durability } from './stores/sqlite/commit-queue.js'
export { defaultPath } from './stores/sqlite/ledger-file.js'
export type { SqliteLedgerOptions } from './stores/sqlite/sqlite-ledger.js'
export { sqliteLedger } from './stores/sqlite/sqlite-ledger.js'

export type { Durability } from './sqlite/commit-queue.js'
export { defaultPath } from './sqlite/ledger-file.js'
export type { SqliteLedgerOptions } from './sqlite/sqlite-ledger.js'
export { sqliteLedger } from './sqlite/sqlite-ledger.js'

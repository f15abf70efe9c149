export type { PostgresLedgerOptions } from './postgres/postgres-ledger.js'
export { postgresLedger } from './postgres/postgres-ledger.js'

export type { PostgresLedgerOptions } from './stores/postgres/postgres-ledger.js'
export { postgresLedger } from './stores/postgres/postgres-ledger.js'

export type { IndexedDbLedgerOptions } from './stores/indexed-db/indexed-db-ledger.js'
export { indexedDbLedger } from './stores/indexed-db/indexed-db-ledger.js'

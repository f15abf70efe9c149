export * from '@bursar/ledger/sqlite'

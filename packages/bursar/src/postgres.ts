export * from '@bursar/ledger/postgres'

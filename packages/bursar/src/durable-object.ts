export type { Clock, Ledger } from '@bursar/core'
export * from '@bursar/ledger/durable-object'

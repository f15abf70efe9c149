export type {
  DurableObjectLedgerOptions,
  ObjectNamespace
} from './stores/durable-object/durable-object-ledger.js'
export { durableObjectLedger } from './stores/durable-object/durable-object-ledger.js'
export { LedgerObject } from './stores/durable-object/ledger-object.js'
export type { ObjectSql, ObjectState, ObjectStorage } from './stores/durable-object/object-state.js'

export type { PruneOptions, RestoreOptions } from './stores/durable-object/care/care-of-object.js'
export { backupLedger, pruneLedger, restoreLedger } from './stores/durable-object/care/care-of-object.js'
export type {
  DurableObjectLedgerOptions,
  ObjectNamespace,
  ObjectStub
} from './stores/durable-object/durable-object-ledger.js'
export { durableObjectLedger } from './stores/durable-object/durable-object-ledger.js'
export { LedgerObject } from './stores/durable-object/ledger-object.js'
export type { ObjectSql, ObjectState, ObjectStorage } from './stores/durable-object/object-state.js'
export type { Pruned } from './stores/pruned.js'

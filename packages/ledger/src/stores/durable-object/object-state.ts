/** What is used of the SQLite of a Durable Object. */
export interface ObjectSql {
  exec(text: string, ...bindings: readonly unknown[]): { toArray(): Record<string, unknown>[] }
}

/** What is used of the storage of a Durable Object. */
export interface ObjectStorage {
  readonly sql: ObjectSql
  /** Runs work in one transaction, which is undone when it throws. */
  transactionSync<Value>(run: () => Value): Value
}

/** What the platform makes a Durable Object with. */
export interface ObjectState {
  readonly storage: ObjectStorage
}

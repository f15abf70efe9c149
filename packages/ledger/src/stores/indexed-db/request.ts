/**
 * Waits for a request of a transaction. The transaction lives on while steps wait for nothing but its requests: their
 * continuations run before the browser looks whether it is done.
 */
export function answerOf<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}

/** Waits until a transaction is committed. @throws {DOMException} when it is not. */
export function commitOf(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve()
    transaction.onabort = () => reject(transaction.error ?? new DOMException('It was aborted', 'AbortError'))
  })
}

/** Undoes a transaction. One that is over already cannot be. */
export function abort(transaction: IDBTransaction): void {
  try {
    transaction.abort()
  } catch {}
}

/** The newest record of a key, or of a range of keys, in an index. */
export async function lastOf<Row>(
  index: IDBIndex | IDBObjectStore,
  range: IDBKeyRange
): Promise<Row | undefined> {
  const cursor = await answerOf(index.openCursor(range, 'prev'))
  return cursor?.value
}

/** Changes every record of a range. */
export async function changeEach<Row>(
  store: IDBObjectStore,
  range: IDBKeyRange,
  change: (row: Row) => Row
): Promise<void> {
  const rows: Row[] = await answerOf(store.getAll(range))
  for (const row of rows) await answerOf(store.put(change(row)))
}

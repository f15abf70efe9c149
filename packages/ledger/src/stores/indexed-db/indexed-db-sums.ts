import { chunkOf, endOfChunk } from '../../rules/chunks.js'
import type { Scope } from '../../rules/scopes.js'
import type { ScopeQuery } from '../../steps/transaction.js'
import { noSums, type StoredSums, type SumsTables } from '../running-totals.js'
import { answerOf, changeEach, lastOf } from './request.js'

/** A scope's sums as they are stored. */
export interface SumsRecord extends StoredSums {
  readonly scope: Scope
}

/** A running total as it is stored. */
export interface TotalRecord {
  readonly scope: Scope
  readonly at: number
  readonly total: bigint
}

/** What had settled before a chunk, as it is stored. */
export interface BaseRecord {
  readonly scope: Scope
  readonly chunk: number
  readonly base: bigint
}

/** The sums in IndexedDB. Keys are numbers there, and amounts are `bigint`. */
export class IndexedDbSums implements SumsTables {
  readonly #transaction: IDBTransaction

  constructor(transaction: IDBTransaction) {
    this.#transaction = transaction
  }

  async readSums(scopes: readonly Scope[]): Promise<readonly StoredSums[]> {
    const sums: StoredSums[] = []
    for (const scope of scopes) {
      const record: SumsRecord | undefined = await answerOf(this.#store('sums').get(scope))
      sums.push(record ?? noSums)
    }
    return sums
  }

  async writeSums(scope: Scope, { held, settled, latestAt, base }: StoredSums): Promise<void> {
    await answerOf(this.#store('sums').put({ scope, held, settled, latestAt, base }))
  }

  async readTotal(scope: Scope, at: bigint): Promise<{ at: bigint; total: bigint } | undefined> {
    const range = IDBKeyRange.bound([scope], [scope, Number(at)])
    const record = await lastOf<TotalRecord>(this.#store('totals'), range)
    return record && { at: BigInt(record.at), total: record.total }
  }

  async writeTotal(scope: Scope, at: bigint, total: bigint): Promise<void> {
    await answerOf(this.#store('totals').put({ scope, at: Number(at), total }))
  }

  async readBase(scope: Scope, chunk: bigint): Promise<bigint | undefined> {
    const record: BaseRecord | undefined = await answerOf(this.#store('bases').get([scope, Number(chunk)]))
    return record?.base
  }

  async writeBase(scope: Scope, chunk: bigint, base: bigint): Promise<void> {
    if ((await this.readBase(scope, chunk)) !== undefined) return
    await answerOf(this.#store('bases').put({ scope, chunk: Number(chunk), base }))
  }

  async grow(scope: Scope, at: bigint, cost: bigint): Promise<void> {
    const chunk = chunkOf(at)
    const later = IDBKeyRange.bound([scope, Number(at)], [scope, Number(endOfChunk(chunk))], true, true)
    await changeEach<TotalRecord>(this.#store('totals'), later, (row) => ({
      ...row,
      total: row.total + cost
    }))
    const laterChunks = IDBKeyRange.bound([scope, Number(chunk)], [scope, []], true)
    await changeEach<BaseRecord>(this.#store('bases'), laterChunks, (row) => ({
      ...row,
      base: row.base + cost
    }))
  }

  async listScopes({ prefix, afterMs, limit }: ScopeQuery): Promise<readonly Scope[]> {
    const range = IDBKeyRange.bound(prefix, afterPrefix(prefix), false, true)
    const records: SumsRecord[] = await answerOf(this.#store('sums').getAll(range))
    return records
      .filter(({ latestAt }) => Number(latestAt) > afterMs)
      .sort((a, b) => compare(b.settled, a.settled) || compare(a.scope, b.scope))
      .slice(0, limit)
      .map(({ scope }) => scope)
  }

  #store(name: 'sums' | 'totals' | 'bases'): IDBObjectStore {
    return this.#transaction.objectStore(name)
  }
}

/** The first text, in the order of keys, that is after all that begin with a prefix. */
function afterPrefix(prefix: string): string {
  return prefix.slice(0, -1) + String.fromCharCode(prefix.charCodeAt(prefix.length - 1) + 1)
}

function compare<Value extends bigint | string>(a: Value, b: Value): number {
  return a === b ? 0 : a < b ? -1 : 1
}

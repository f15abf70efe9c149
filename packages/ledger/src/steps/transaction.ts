import type {
  AtomicUsdc,
  HistoryQuery,
  Job,
  JobNote,
  JobQuery,
  LedgerStatus,
  NetworkId,
  Purchase
} from '@bursar/core'
import type { ScopeUsage, UsageQuery } from '../rules/budgets.js'
import type { SessionEvidence } from '../rules/liveness.js'
import type { Scope } from '../rules/scopes.js'
import type { ScopeSums, SumsMove } from '../rules/sums.js'
import type { Answer } from './step.js'

/** A purchase, and the evidence about the session that works on it. */
export interface StoredRow {
  readonly purchase: Purchase
  readonly session: SessionEvidence
}

/** Which purchases are read. */
export interface PurchaseFilter extends HistoryQuery {
  /** The path whose price they show, as `pricedPath` says it. */
  readonly pricedPath?: string | undefined
}

/** A part of a list, and where the next begins. */
export interface Page<Item> {
  readonly items: readonly Item[]
  readonly next?: bigint | undefined
}

/** Which equal calls are read: all, or without those that are open in this very session. */
export type WhichCalls = 'all' | 'others'

/** Which scopes are listed. */
export interface ScopeQuery {
  readonly prefix: string
  /** Unix milliseconds. */
  readonly afterMs: number
  readonly limit: number
}

/** The reads of a store, within a transaction or outside of one. They decide nothing. */
export interface Reads {
  /** By the ledger's own clock. Unix milliseconds. */
  readonly nowMs: number
  frozen(): Answer<LedgerStatus['frozen']>
  restored(): Answer<LedgerStatus['restored']>
  /** Absent in a store that forgets nothing. */
  forgottenUntilMs?(): Answer<number | undefined>
  byId(id: string): Answer<StoredRow | undefined>
  byName(name: string): Answer<StoredRow | undefined>
  byJob(job: string): Answer<StoredRow | undefined>
  /** Purchases of a fingerprint whose bytes are kept or whose calls are open, oldest first. */
  equalCalls(fingerprint: string, which: WhichCalls): Answer<readonly StoredRow[]>
  /** The sequence number of the newest purchase, or of the newest that was made before a time; 0 when there is none. */
  newest(beforeMs?: number): Answer<number>
  /** Purchases of a fingerprint that were made after one of that number and were answered, oldest first. */
  answeredSince(fingerprint: string, newest: number): Answer<readonly StoredRow[]>
  /** Purchases that are held, oldest first. */
  held(): Answer<readonly StoredRow[]>
  /** Payments that settled and were not answered, newest first. */
  unanswered(limit: number): Answer<readonly StoredRow[]>
  /** The payee of the newest payment on a network that settled or still may, made to a host or requested there. */
  lastPayee(host: string, network: NetworkId): Answer<string | undefined>
  /** What the newest of those payments cost that was made to a host and path, or requested there. */
  lastCost(host: string, path: string): Answer<AtomicUsdc | undefined>
  sums(scopes: readonly Scope[]): Answer<readonly ScopeSums[]>
  usage(queries: readonly UsageQuery[]): Answer<readonly ScopeUsage[]>
  /** Scopes that begin with a text and grew after a time, those of which most settled first. */
  scopes(query: ScopeQuery): Answer<readonly Scope[]>
  /** Purchases before one in the order of their making, newest first. */
  history(query: PurchaseFilter, before: bigint | undefined): Answer<Page<Purchase>>
  jobs(query: JobQuery, before: bigint | undefined): Answer<Page<Job>>
}

/** What a store writes within a transaction. */
export interface Transaction extends Reads {
  /** Adds a purchase that this session works on. */
  insert(purchase: Purchase): Answer<void>
  /** Writes a changed purchase. The session that works on it stays the same. */
  replace(before: StoredRow, after: Purchase): Answer<void>
  /** Writes a changed purchase, which this session works on from now on. */
  takeOver(before: StoredRow, after: Purchase): Answer<void>
  moveSums(scopes: readonly Scope[], move: SumsMove): Answer<void>
  noteJob(note: JobNote): Answer<void>
  setFrozen(frozen: LedgerStatus['frozen']): Answer<void>
  setReconciled(): Answer<void>
}

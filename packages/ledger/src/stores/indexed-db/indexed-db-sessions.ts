import type { SessionEvidence } from '../../rules/liveness.js'
import type { SessionNote } from '../../session/session-driver.js'
import { answerOf } from './request.js'
import type { SessionLocks } from './session-locks.js'

/** Sessions are kept longer than any resume window. */
const KEPT_MS = 32 * 86_400_000

/** A session as it is stored. */
export interface SessionRecord {
  readonly id: string
  readonly heartbeatAtMs: number
  readonly ended: boolean
  /** The number of its newest committed transaction. */
  readonly written: number
}

/** The store of sessions, within one transaction. */
export class IndexedDbSessions {
  /** Sessions that were met, and of which it is not known whether their pages live. */
  readonly unknown = new Set<string>()
  readonly #store: IDBObjectStore
  readonly #own: string
  readonly #locks: SessionLocks
  readonly #evidence = new Map<string, SessionEvidence>()

  constructor(store: IDBObjectStore, own: string, locks: SessionLocks) {
    this.#store = store
    this.#own = own
    this.#locks = locks
  }

  /** The number of this session's newest committed transaction. */
  async written(): Promise<number> {
    return (await this.#read(this.#own))?.written ?? 0
  }

  async writeNumber(written: number, nowMs: number): Promise<void> {
    const own = await this.#read(this.#own)
    await answerOf(this.#store.put({ id: this.#own, heartbeatAtMs: nowMs, ended: false, ...own, written }))
  }

  /** Writes this session's heartbeat, or its end, with which its open calls have ended. */
  async note(nowMs: number, note: SessionNote): Promise<void> {
    const written = await this.written()
    const record: SessionRecord = { id: this.#own, heartbeatAtMs: nowMs, ended: note === 'ended', written }
    await answerOf(this.#store.put(record))
  }

  async evidenceOf(id: string): Promise<SessionEvidence> {
    const known = this.#evidence.get(id)
    if (known) return known
    const record = id === this.#own ? undefined : await this.#read(id)
    const evidence = {
      id,
      isOurs: id === this.#own,
      heartbeatAtMs: record?.heartbeatAtMs,
      hasEnded: record?.ended === true,
      isProcessGone: this.#locks.isGone(id),
      sharesClock: true
    }
    if (record && !record.ended && !this.#locks.isKnown(id)) this.unknown.add(id)
    this.#evidence.set(id, evidence)
    return evidence
  }

  /** Deletes old sessions, whose calls can no longer be resumed. */
  async forgetOld(nowMs: number): Promise<void> {
    const range = IDBKeyRange.upperBound(nowMs - KEPT_MS, true)
    const ids = await answerOf(this.#store.index('heartbeatAtMs').getAllKeys(range))
    for (const id of ids) await answerOf(this.#store.delete(id))
  }

  async #read(id: string): Promise<SessionRecord | undefined> {
    return answerOf<SessionRecord | undefined>(this.#store.get(id))
  }
}

import { type Ledger, type LedgerStatus, loggable, type Purchase } from '@bursar/core'
import { stateWord } from '../state-word.js'
import type { LedgerChange, PurchaseWord } from './ledger-change.js'

/** What is asked of a ledger that is followed. */
export type FollowedLedger = Pick<Ledger, 'history' | 'outstanding' | 'find' | 'status'>

/** The ledger's clock may be set back by as much, and no purchase is missed. */
const CLOCK_STEP_MS = 3_600_000

/**
 * Compares a ledger with how it was before. Writers take turns, so that purchases appear in the order of their making:
 * what is newer than the newest known one is new.
 */
export class LedgerFollower {
  readonly #ledger: FollowedLedger
  /** Purchases that may still change, by their ids. */
  readonly #unfinished = new Map<string, PurchaseWord>()
  #newest: Purchase | undefined
  #frozen: LedgerStatus['frozen']

  constructor(ledger: FollowedLedger) {
    this.#ledger = ledger
  }

  /** Reads how the ledger is now. */
  async begin(): Promise<void> {
    this.#frozen = (await this.#ledger.status()).frozen
    for await (const purchase of this.#ledger.history()) {
      this.#newest = purchase
      this.#note(purchase)
      break
    }
    for (const purchase of await this.#ledger.outstanding()) this.#note(purchase)
  }

  /**
   * What has changed since it was read before: frozen or not, then purchases, the older ones first. When it throws, the next
   * read tells it.
   */
  async read(nowMs: number): Promise<readonly LedgerChange[]> {
    const { frozen } = await this.#ledger.status()
    const added = await this.#readNew()
    const changed = await this.#readUnfinished()
    this.#newest = added.at(-1) ?? this.#newest
    const purchases = [...changed, ...added].flatMap((purchase) => this.#changeOf(purchase, nowMs))
    return [...this.#frozenChange(frozen, nowMs), ...purchases]
  }

  async #readNew(): Promise<readonly Purchase[]> {
    const known = this.#newest
    const query = known ? { fromMs: known.reservedAtMs - CLOCK_STEP_MS } : {}
    const added: Purchase[] = []
    for await (const purchase of this.#ledger.history(query)) {
      if (purchase.id === known?.id) break
      added.push(purchase)
    }
    return added.reverse()
  }

  /** What is out is read at once, and by itself only what is not out any more. */
  async #readUnfinished(): Promise<readonly Purchase[]> {
    const ids = [...this.#unfinished.keys()]
    if (ids.length === 0) return []
    const out = new Map((await this.#ledger.outstanding()).map((purchase) => [purchase.id, purchase]))
    const read: Purchase[] = []
    for (const id of ids) {
      const purchase = out.get(id) ?? (await this.#ledger.find({ id }))
      if (purchase) read.push(purchase)
      else this.#unfinished.delete(id)
    }
    return read
  }

  #changeOf(purchase: Purchase, atMs: number): readonly LedgerChange[] {
    const state = stateWord(purchase)
    const was = this.#unfinished.get(purchase.id)
    this.#note(purchase)
    if (state === was) return []
    const before = was === undefined ? {} : { was }
    return [{ type: 'purchase', atMs, state, ...before, purchase: loggable(purchase) }]
  }

  #note(purchase: Purchase): void {
    if (isUnfinished(purchase)) this.#unfinished.set(purchase.id, stateWord(purchase))
    else this.#unfinished.delete(purchase.id)
  }

  #frozenChange(frozen: LedgerStatus['frozen'], nowMs: number): readonly LedgerChange[] {
    const before = this.#frozen
    this.#frozen = frozen
    if (!frozen) return before ? [{ type: 'thawed', atMs: nowMs }] : []
    const { reason, by, sinceMs } = frozen
    if (before?.sinceMs === sinceMs && before.reason === reason) return []
    return [{ type: 'frozen', atMs: sinceMs, reason, by }]
  }
}

function isUnfinished({ state, call }: Purchase): boolean {
  return call === 'open' || state === 'reserved' || state === 'signed' || state === 'sent'
}

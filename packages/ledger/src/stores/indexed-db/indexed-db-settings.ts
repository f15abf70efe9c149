import type { LedgerStatus } from '@bursar/core'
import { restoredStatus } from '../restored.js'
import { answerOf } from './request.js'

/** The settings within one transaction: whether the ledger is frozen, restored from a copy, and until when it has forgotten purchases. */
export class IndexedDbSettings {
  readonly #store: IDBObjectStore

  constructor(store: IDBObjectStore) {
    this.#store = store
  }

  frozen(): Promise<LedgerStatus['frozen']> {
    return answerOf<LedgerStatus['frozen']>(this.#store.get('frozen'))
  }

  async setFrozen(frozen: LedgerStatus['frozen']): Promise<void> {
    if (frozen) await answerOf(this.#store.put(frozen, 'frozen'))
    else await answerOf(this.#store.delete('frozen'))
  }

  async restored(): Promise<LedgerStatus['restored']> {
    const reason = await answerOf<string | undefined>(this.#store.get('restored'))
    return reason === undefined ? undefined : restoredStatus(reason)
  }

  async setRestored(reason: string): Promise<void> {
    await answerOf(this.#store.put(reason, 'restored'))
  }

  async setReconciled(): Promise<void> {
    await answerOf(this.#store.delete('restored'))
  }

  forgottenUntilMs(): Promise<number | undefined> {
    return answerOf<number | undefined>(this.#store.get('forgotten'))
  }

  /** Notes that what was reserved before a time may be gone. */
  async noteForgotten(untilMs: number): Promise<void> {
    const before = (await this.forgottenUntilMs()) ?? 0
    await answerOf(this.#store.put(Math.max(before, untilMs), 'forgotten'))
  }
}

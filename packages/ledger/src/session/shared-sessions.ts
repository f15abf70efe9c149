/** A resource that several ledgers of one process share. It is closed with the last of them. */
export interface Shareable {
  close(): Promise<void>
}

/** One ledger's share, which is released once. */
export interface Share<Session> {
  readonly session: Session
  close(): Promise<void>
}

/**
 * Keeps one session for each file or database, so that all ledgers of this process on it know what has happened and is not
 * written yet.
 */
export class SharedSessions<Session extends Shareable> {
  readonly #sessions = new Map<string, { readonly session: Session; shares: number }>()

  /**
   * @param key names the file or database.
   * @param open begins its session, where there is none.
   */
  share(key: string, open: () => Session): Share<Session> {
    const shared = this.#sessions.get(key) ?? { session: open(), shares: 0 }
    this.#sessions.set(key, shared)
    shared.shares++
    let isShared = true
    return {
      session: shared.session,
      close: async () => {
        if (!isShared) return
        isShared = false
        if (--shared.shares > 0) return
        this.#sessions.delete(key)
        await shared.session.close()
      }
    }
  }
}

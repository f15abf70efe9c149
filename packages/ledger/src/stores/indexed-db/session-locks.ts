/**
 * Which sessions are gone. Each holds a Web Lock for as long as its page lives, and takes it before it writes anything. So a
 * session that has written and holds no lock is gone: closed, reloaded or crashed.
 */
export class SessionLocks {
  readonly #prefix: string
  readonly #gone = new Set<string>()
  /** Sessions that were seen, and not gone when last looked at. */
  readonly #watched = new Set<string>()
  #release = (): void => {}

  constructor(database: string) {
    this.#prefix = `bursar-ledger ${database} `
  }

  /** Takes a session's lock. Pages that are not secure have none: their sessions are known by their heartbeats alone. */
  async hold(id: string): Promise<void> {
    const locks = locksOfPage()
    if (!locks) return
    await new Promise<void>((taken, reject) => {
      const untilReleased = (): Promise<void> => {
        taken()
        return new Promise((release) => {
          this.#release = release
        })
      }
      locks.request(this.#prefix + id, untilReleased).catch(reject)
    })
  }

  release(): void {
    this.#release()
  }

  isGone(id: string): boolean {
    return this.#gone.has(id)
  }

  /** Whether a session was there when the locks were last looked at, or earlier. */
  isKnown(id: string): boolean {
    return this.#gone.has(id) || this.#watched.has(id)
  }

  /** Looks which of the sessions that were ever seen hold their locks. @param seen since the last look. */
  async look(seen: Iterable<string>): Promise<void> {
    for (const id of seen) this.#watched.add(id)
    if (this.#watched.size === 0) return
    const locks = locksOfPage()
    if (!locks) return
    const { held = [] } = await locks.query()
    const names = new Set(held.map(({ name }) => name))
    for (const id of this.#watched) {
      if (names.has(this.#prefix + id)) continue
      this.#watched.delete(id)
      this.#gone.add(id)
    }
  }
}

function locksOfPage(): LockManager | undefined {
  return globalThis.navigator?.locks
}

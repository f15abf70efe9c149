/** A connection of a client, as Node has it: `close` says whether it broke off. */
export interface Connection {
  once(event: 'close', listen: (hadError: boolean) => void): unknown
}

/**
 * What was sent last over each connection. The system takes some megabytes before a client has read them: a connection that
 * breaks off after an answer was sent, and before another request, is one whose client left what it was sent unread.
 */
export class LastAnswers {
  /** What is done about an answer that was not read, by its connection. */
  readonly #sent = new WeakMap<Connection, (() => void) | 'none'>()

  /** Notes that an answer was sent. */
  note(connection: Connection, onUnread: () => void): void {
    const isKnown = this.#sent.has(connection)
    this.#sent.set(connection, onUnread)
    if (isKnown) return
    connection.once('close', (hadError) => {
      const unread = this.#sent.get(connection)
      if (hadError && typeof unread === 'function') unread()
    })
  }

  /** Who asks something else has read what came before. */
  forget(connection: Connection): void {
    if (this.#sent.has(connection)) this.#sent.set(connection, 'none')
  }
}

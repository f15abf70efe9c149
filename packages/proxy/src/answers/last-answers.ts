/** A connection of a client, as Node has it: `close` says whether it broke off. */
export interface Connection {
  once(event: 'close', listen: (hadError: boolean) => void): unknown
}

/**
 * What was sent last over each connection. The system takes some megabytes before a client has read them: a connection that
 * breaks off after answers were sent, and before another request, is one whose client left what it was sent unread. There are
 * several where a client asks on before it is answered.
 */
export class LastAnswers {
  /** What is done about the answers that were not read, by their connection. */
  readonly #sent = new WeakMap<Connection, readonly (() => void)[]>()

  /** Notes that an answer was sent. */
  note(connection: Connection, onUnread: () => void): void {
    const before = this.#sent.get(connection)
    this.#sent.set(connection, [...(before ?? []), onUnread])
    if (before) return
    connection.once('close', (hadError) => {
      const unread = hadError ? this.#sent.get(connection) : []
      this.#sent.set(connection, [])
      for (const each of unread ?? []) each()
    })
  }

  /** Who asks something else has read what came before. */
  forget(connection: Connection): void {
    if (this.#sent.has(connection)) this.#sent.set(connection, [])
  }
}

import type { Client } from '@modelcontextprotocol/sdk/client/index.js'
import type { ClientCapabilities } from '@modelcontextprotocol/sdk/types.js'
import type { ConnectedServer } from './connect-server.js'

/**
 * The connection to a paid server. It is made before a host is there, as a client that nobody can ask anything; for a host that
 * can be asked, it is made anew.
 */
export class ServerLink {
  readonly #server: ConnectedServer
  readonly #listenTo: (client: Client) => void
  readonly #lost = new AbortController()
  #client: Client
  /** Absent until a host is there. */
  #begun: Promise<void> | undefined
  /** Resolves when the connection of before has ended. */
  #left: Promise<void> | undefined
  readonly #closing = new AbortController()

  /** @param listenTo takes what a client hears from the server by itself. */
  constructor(server: ConnectedServer, listenTo: (client: Client) => void) {
    this.#server = server
    this.#listenTo = listenTo
    this.#client = this.#use(server.client)
  }

  /** Aborts when the server ends by itself. */
  get lost(): AbortSignal {
    return this.#lost.signal
  }

  /** The client of now. A connection that is being made is waited for. */
  async client(): Promise<Client> {
    await this.#begun
    return this.#client
  }

  /** Connects anew as a client that can do what the host can. Where that fails, the first connection stays. */
  beginAs(capabilities: ClientCapabilities): void {
    const { reconnect } = this.#server
    if (!reconnect || this.#begun || Object.keys(capabilities).length === 0) return
    this.#begun = this.#replace(() => reconnect(capabilities, this.#closing.signal)).catch(() => {})
  }

  async close(): Promise<void> {
    this.#closing.abort()
    await this.#begun
    await Promise.all([this.#client.close(), this.#left])
  }

  async #replace(connect: () => Promise<Client>): Promise<void> {
    const former = this.#client
    this.#client = this.#use(await connect())
    // A command may take a while to end, for which no host waits.
    this.#left = former.close().catch(() => {})
  }

  #use(client: Client): Client {
    this.#listenTo(client)
    const { onclose } = client
    client.onclose = () => {
      onclose?.()
      void this.#noteEnd(client)
    }
    return client
  }

  /** A server that takes the place of its own first process, or session, is not lost: what it makes way for is waited for. */
  async #noteEnd(client: Client): Promise<void> {
    await this.#begun
    if (client === this.#client && !this.#closing.signal.aborted) this.#lost.abort()
  }
}

import { setTimeout as sleep } from 'node:timers/promises'
import { type Clock, isLoopback, loadOnce } from '@bursar/core'
import type { Dispatcher } from 'undici'
import { createAgent, createProxyAgent, LazyAgent, namesProxy } from './create-agent.js'
import { fetchTransport } from './fetch-transport.js'
import { GlobalDispatcher } from './global-dispatcher.js'
import type { IncomingResponse } from './incoming-response.js'
import type { OutgoingRequest, Transport } from './transport.js'

/** How long answers may still be read after `close` was called. */
const CLOSING_MS = 1_000

/** The first use of the platform's Response costs a dozen milliseconds, so it is loaded when needed. */
const loadSendThrough = loadOnce((): Promise<UndiciTransport> => import('./undici-transport.js'))

/** What is used of that file. */
type UndiciTransport = Pick<typeof import('./undici-transport.js'), 'sendThrough'>

/**
 * Sends through the dispatcher that a call brings, else through that of the process, else through undici agents of its
 * own, of which one uses the proxy that the environment names.
 */
export class AgentTransport implements Transport {
  /** Node's own fetch, which uses the dispatcher of the process. */
  readonly #platform: Transport
  readonly #ofProcess = new GlobalDispatcher()
  readonly #direct = new LazyAgent(createAgent)
  readonly #proxied = new LazyAgent(createProxyAgent)
  #openRequests = 0
  #onIdle = (): void => {}

  constructor(clock: Clock) {
    this.#platform = fetchTransport((url, init) => globalThis.fetch(url, init), clock)
  }

  send(outgoing: OutgoingRequest): Promise<IncomingResponse> {
    const loaded = loadSendThrough.loaded()
    return loaded
      ? this.#send(loaded, outgoing)
      : loadSendThrough().then((loading) => this.#send(loading, outgoing))
  }

  /**
   * An answer that nobody reads would keep its connection and the program open for ever, so it is cut off after a
   * moment. Undici's `close` forgets open requests, so they are tracked here.
   */
  async close(): Promise<void> {
    const idle = new Promise<void>((resolve) => {
      this.#onIdle = resolve
    })
    if (this.#openRequests > 0) await Promise.race([idle, sleep(CLOSING_MS, undefined, { ref: false })])
    await Promise.all([this.#direct.destroy(), this.#proxied.destroy()])
  }

  #send({ sendThrough }: UndiciTransport, outgoing: OutgoingRequest): Promise<IncomingResponse> {
    const { dispatcher } = outgoing.request.extra
    if (isDispatcher(dispatcher)) return sendThrough(dispatcher, outgoing)
    if (this.#ofProcess.carries(outgoing.request.url.hostname)) return this.#platform.send(outgoing)
    return this.#agentFor(outgoing.request.url).use((agent) => {
      this.#openRequests++
      return sendThrough(agent, outgoing, this.#onDone)
    })
  }

  /** A proxy is not this machine: what is for this machine, in plain http too, must not reach it. */
  #agentFor({ hostname }: URL): LazyAgent {
    return !isLoopback(hostname) && namesProxy(process.env) ? this.#proxied : this.#direct
  }

  readonly #onDone = (): void => {
    this.#openRequests--
    if (this.#openRequests === 0) this.#onIdle()
  }
}

function isDispatcher(value: unknown): value is Dispatcher {
  return (
    typeof value === 'object' && value !== null && 'dispatch' in value && typeof value.dispatch === 'function'
  )
}

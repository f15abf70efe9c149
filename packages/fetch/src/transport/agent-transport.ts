import {
  areTurnsReplaced,
  type Clock,
  isLoopback,
  loadOnce,
  stoppedTurns,
  stoppedTurnsReason
} from '@bursar/core'
import type { Dispatcher } from 'undici'
import { createAgent, createProxyAgent, LazyAgent, namesProxy } from './create-agent.js'
import { fetchTransport } from './fetch-transport.js'
import { GlobalDispatcher } from './global-dispatcher.js'
import type { IncomingResponse } from './incoming-response.js'
import { NoConnection, type OutgoingRequest, type Transport } from './transport.js'
import { sleep } from './turns.js'

/** How long answers may still be read after `close` was called. */
const CLOSING_MS = 1_000

/** The first use of the platform's Response costs a dozen milliseconds, so it is loaded when needed. */
const loadSendThrough = loadOnce((): Promise<UndiciTransport> => import('./undici-transport.js'))

/** What is used of that file. */
type UndiciTransport = Pick<typeof import('./undici-transport.js'), 'sendThrough'>
type SendThrough = UndiciTransport['sendThrough']

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
  readonly #usedOnce = new Set<LazyAgent>()
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
    await Promise.all([this.#direct, this.#proxied, ...this.#usedOnce].map((agent) => agent.destroy()))
  }

  #send({ sendThrough }: UndiciTransport, outgoing: OutgoingRequest): Promise<IncomingResponse> {
    const { dispatcher } = outgoing.request.extra
    if (isDispatcher(dispatcher)) return sendThrough(dispatcher, outgoing)
    if (this.#ofProcess.carries(outgoing.request.url.hostname)) return this.#platform.send(outgoing)
    if (areTurnsReplaced()) return this.#sendInTest(sendThrough, outgoing)
    const agent = goesByProxy(outgoing.request.url) ? this.#proxied : this.#direct
    return this.#sendBy(agent, sendThrough, outgoing)
  }

  #sendBy(agent: LazyAgent, sendThrough: SendThrough, outgoing: OutgoingRequest): Promise<IncomingResponse> {
    return agent.use((dispatcher) => {
      this.#openRequests++
      return sendThrough(dispatcher, outgoing, this.#onDone)
    })
  }

  /** Undici uses no connection a second time where fake timers hold `setImmediate` up: there each request has its own. */
  async #sendInTest(sendThrough: SendThrough, outgoing: OutgoingRequest): Promise<IncomingResponse> {
    const stopped = await stoppedTurns()
    const reason = stoppedTurnsReason(stopped)
    if (reason !== undefined) throw new NoConnection(reason)
    const isProxied = goesByProxy(outgoing.request.url)
    if (stopped.length === 0)
      return this.#sendBy(isProxied ? this.#proxied : this.#direct, sendThrough, outgoing)
    const agent = new LazyAgent(isProxied ? createProxyAgent : createAgent)
    this.#usedOnce.add(agent)
    return this.#sendBy(
      agent,
      (dispatcher, request, onDone) =>
        sendThrough(dispatcher, request, () => {
          onDone?.()
          this.#usedOnce.delete(agent)
          void agent.destroy()
        }),
      outgoing
    )
  }

  readonly #onDone = (): void => {
    this.#openRequests--
    if (this.#openRequests === 0) this.#onIdle()
  }
}

/** A proxy is not this machine: what is for this machine, in plain http too, must not reach it. */
function goesByProxy({ hostname }: URL): boolean {
  return !isLoopback(hostname) && namesProxy(process.env)
}

function isDispatcher(value: unknown): value is Dispatcher {
  return (
    typeof value === 'object' && value !== null && 'dispatch' in value && typeof value.dispatch === 'function'
  )
}

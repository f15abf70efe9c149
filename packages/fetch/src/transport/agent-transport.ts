import { setTimeout as sleep } from 'node:timers/promises'
import { type Clock, isLoopback, loadOnce } from '@bursar/core'
import type { Dispatcher } from 'undici'
import { createAgent, createProxyAgent, namesProxy } from './create-agent.js'
import { fetchTransport } from './fetch-transport.js'
import { GlobalDispatcher } from './global-dispatcher.js'
import type { IncomingResponse } from './incoming-response.js'
import type { OutgoingRequest, Transport } from './transport.js'

/** How long answers may still be read after `close` was called. */
const CLOSING_MS = 1_000

/** The first use of the platform's Response costs a dozen milliseconds, so it is loaded when needed. */
const loadSendThrough = loadOnce(() => import('./undici-transport.js'))

/**
 * Sends through the dispatcher that a call brings, else through that of the process, else through undici agents of its
 * own, of which one uses the proxy that the environment names.
 */
export class AgentTransport implements Transport {
  /** Node's own fetch, which uses the dispatcher of the process. */
  readonly #platform: Transport
  readonly #ofProcess = new GlobalDispatcher()
  #direct: Promise<Dispatcher> | undefined
  #proxied: Promise<Dispatcher> | undefined
  #openRequests = 0
  #onIdle = (): void => {}

  constructor(clock: Clock) {
    this.#platform = fetchTransport((url, init) => globalThis.fetch(url, init), clock)
  }

  async send(outgoing: OutgoingRequest): Promise<IncomingResponse> {
    const { dispatcher } = outgoing.request.extra
    const { sendThrough } = await loadSendThrough()
    if (isDispatcher(dispatcher)) return sendThrough(dispatcher, outgoing)
    if (this.#ofProcess.isSet()) return this.#platform.send(outgoing)
    const agent = await this.#agentFor(outgoing.request.url)
    this.#openRequests++
    return sendThrough(agent, outgoing, this.#onDone)
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
    await Promise.all([this.#direct, this.#proxied].map(async (agent) => (await agent)?.destroy()))
  }

  /** A proxy is not this machine: what is for this machine, in plain http too, must not reach it. */
  #agentFor({ hostname }: URL): Promise<Dispatcher> {
    if (!isLoopback(hostname) && namesProxy(process.env)) {
      this.#proxied ??= createProxyAgent()
      return this.#proxied
    }
    this.#direct ??= createAgent()
    return this.#direct
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

import { setTimeout as sleep } from 'node:timers/promises'
import { loadOnce, MAX_HEADER_BYTES } from '@bursar/core'
import type { Agent, Dispatcher } from 'undici'
import type { IncomingResponse } from './incoming-response.js'
import type { OutgoingRequest, Transport } from './transport.js'

/** How long answers may still be read after `close` was called. */
const CLOSING_MS = 1_000

/** The first use of the platform's Response costs a dozen milliseconds, so it is loaded when needed. */
const loadSendThrough = loadOnce(() => import('./undici-transport.js'))

/** Sends through an undici agent of its own, or through the dispatcher that a call brings. */
export class AgentTransport implements Transport {
  #agent: Promise<Agent> | undefined
  #openRequests = 0
  #onIdle = (): void => {}

  async send(outgoing: OutgoingRequest): Promise<IncomingResponse> {
    const { dispatcher } = outgoing.request.extra
    const { sendThrough } = await loadSendThrough()
    if (isDispatcher(dispatcher)) return sendThrough(dispatcher, outgoing)
    this.#agent ??= createAgent()
    const agent = await this.#agent
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
    await (await this.#agent)?.destroy()
  }

  readonly #onDone = (): void => {
    this.#openRequests--
    if (this.#openRequests === 0) this.#onIdle()
  }
}

async function createAgent(): Promise<Agent> {
  // Loading undici costs tens of milliseconds, so it is loaded when needed.
  const { Agent } = await import('undici')
  return new Agent({
    keepAliveTimeout: 60_000,
    // Challenges with many offers pass Node's 16 KB.
    maxHeaderSize: MAX_HEADER_BYTES + 16 * 1024
  })
}

function isDispatcher(value: unknown): value is Dispatcher {
  return (
    typeof value === 'object' && value !== null && 'dispatch' in value && typeof value.dispatch === 'function'
  )
}

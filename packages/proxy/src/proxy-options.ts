import type { Ledger } from '@bursar/core'
import type { BursarEvent } from '@bursar/fetch'
import type { AgentOptions } from '@bursar/local-server'
import type { BursarOptions } from 'bursar'
import type { AnswerNote } from './serve-context.js'
import type { ProxyServiceOptions } from './services/open-service.js'

/** How a proxy is started. Nobody who sends it a request can see or change any of this. */
export interface ProxyOptions extends Omit<BursarOptions, 'ledger' | 'inFlight'>, ProxyBounds {
  readonly ledger: Ledger | 'memory'
  /** The service that the proxy pays for: `{ name: 'katana' }`. */
  readonly service: ProxyServiceOptions
  /** Default: one agent, named `default`, with a random token. */
  readonly agents?: readonly AgentOptions[] | undefined
  /** Default: 8402. 0 takes any free port. */
  readonly port?: number | undefined
  /** Called for each request, once it is answered. */
  readonly onAnswered?: ((note: AnswerNote) => void) | undefined
  /** Called for each payment, once it has settled. */
  readonly onPaid?: ((agent: string, event: BursarEvent) => void) | undefined
}

/** What bounds the proxy's memory and time. */
export interface ProxyBounds {
  /** The largest body that is read. Default: 16 MiB. */
  readonly maxBodyBytes?: number | undefined
  /** How many bodies are read, and how many calls run, at once. Default: 16. */
  readonly maxConcurrent?: number | undefined
  /** Milliseconds for one answer. Default: 600_000. */
  readonly timeoutMs?: number | undefined
  /** Milliseconds after which a stream that waits sends a keep-alive, and then again. Default: 10_000. */
  readonly keepAliveMs?: number | undefined
  /** Milliseconds for which a complete answer is kept for requests that repeat. Default: 600_000. */
  readonly keepAnswersMs?: number | undefined
}

/** A running proxy. */
export interface RunningProxy extends AsyncDisposable {
  /** For example `http://127.0.0.1:8402`. */
  readonly url: string
  readonly agents: readonly AgentOptions[]
  /**
   * The environment variables with which OpenAI's and Anthropic's SDKs use the proxy.
   *
   * @throws {TypeError} when there is no such agent.
   */
  envFor(agent: string): Readonly<Record<string, string>>
  /** Stops it. Answers in flight are cut off; what was signed is in the ledger. */
  stop(): Promise<void>
}

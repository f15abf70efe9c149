import type { Ledger, Spending } from '@bursar/core'
import type { BursarEvent } from '@bursar/fetch'
import type { Job } from '@bursar/generation/katana'
import type { Access, AgentOptions } from '@bursar/local-server'
import type { BursarOptions } from 'bursar'
import type { AnswerNote } from './serve-context.js'
import type { ProxyServiceOptions } from './services/service-options.js'

/** How a proxy is started. Nobody who sends it a request can see or change any of this. */
export interface ProxyOptions extends Omit<BursarOptions, 'ledger' | 'inFlight'>, ProxyBounds, Access {
  /**
   * Keeps the record and the budgets. `'memory'` is lost with the process.
   *
   * @example { ledger: sqliteLedger() }
   */
  readonly ledger: Ledger | 'memory'
  /** The service that the proxy pays for. @example { service: { name: 'katana' } } */
  readonly service: ProxyServiceOptions
  /**
   * The service's names of models by those that programs ask for. A name that differs from the service's only by a date,
   * by dots for dashes, by a provider's prefix or by `[1m]` needs none. Default: none.
   *
   * @example { models: { 'claude-opus-4-8': 'claude-opus-4-7' } }
   */
  readonly models?: Readonly<Record<string, string>> | undefined
  /**
   * The programs that may use the proxy, each with a token and limits of its own. Default: one agent, named
   * `default`, with a random token.
   *
   * @example { agents: [{ name: 'research', token: process.env.AGENT_TOKEN ?? '', limits: { day: '1.00' } }] }
   */
  readonly agents?: readonly AgentOptions[] | undefined
  /**
   * The address that is listened on. Another than loopback can be reached by other machines and needs `agents`. Default:
   * `127.0.0.1`.
   *
   * @example { host: '0.0.0.0', allowHosts: ['host.docker.internal'] }
   */
  readonly host?: string | undefined
  /** The port. 0 takes any free port. Default: 8402. @example { port: 0 } */
  readonly port?: number | undefined
  /**
   * The operator's own secret, at least 16 characters: `GET /health` with it tells what each agent has left, and `GET /metrics`
   * is for Prometheus. Default: `/health` says that the proxy answers, and nothing else.
   *
   * @example { operatorToken: process.env.BURSAR_OPERATOR_TOKEN }
   */
  readonly operatorToken?: string | undefined
  /**
   * Called for each request, once it is answered. Default: nothing is called.
   *
   * @example { onAnswered: ({ agent, status }) => console.log(agent, status) }
   */
  readonly onAnswered?: ((note: AnswerNote) => void) | undefined
  /**
   * Called for each payment, once it has settled. Default: nothing is called.
   *
   * @example { onPaid: (agent, event) => console.log(agent, event) }
   */
  readonly onPaid?: ((agent: string, event: BursarEvent) => void) | undefined
  /**
   * Called for each step of each agent's paid calls. Default: nothing is called.
   *
   * @example { onEvent: (agent, { type }) => console.log(agent, type) }
   */
  readonly onEvent?: ((agent: string, event: BursarEvent) => void) | undefined
  /**
   * Called with each job of Katana's whose images are made, such as to save them. No answer waits for it. Default: nothing is
   * called.
   *
   * @example { onImages: (agent, job) => job.save(`pictures/${agent}`) }
   */
  readonly onImages?: ((agent: string, job: Job) => unknown) | undefined
}

/** What bounds the proxy's memory and time. */
export interface ProxyBounds {
  /**
   * The largest request body that is read, in bytes, once its encoding is undone. Default:
   * 33_554_432 (32 MiB).
   *
   * @example { maxBodyBytes: 1024 * 1024 }
   */
  readonly maxBodyBytes?: number | undefined
  /**
   * How many calls run at once. As many bodies of up to 256 KiB are read at once, and 16 larger ones. There may be four times as
   * many connections, and at least 1024. What is too much is answered 429. Default: 256.
   *
   * @example { maxConcurrent: 4 }
   */
  readonly maxConcurrent?: number | undefined
  /**
   * The longest that one answer may take, in milliseconds. Default: 600_000.
   *
   * @example { timeoutMs: 120_000 }
   */
  readonly timeoutMs?: number | undefined
  /**
   * How long a stream may be silent before a keep-alive is sent, in milliseconds. Default: 10_000.
   *
   * @example { keepAliveMs: 5_000 }
   */
  readonly keepAliveMs?: number | undefined
  /**
   * How long a complete answer is kept for requests that repeat, in milliseconds. Default: 600_000.
   *
   * @example { keepAnswersMs: 60_000 }
   */
  readonly keepAnswersMs?: number | undefined
}

/** A running proxy. */
export interface RunningProxy extends AsyncDisposable {
  /** For example `http://127.0.0.1:8402`. */
  readonly url: string
  readonly agents: readonly AgentOptions[]
  /** The names of the models that programs may ask for; none where the service does not list them in time. */
  models(): Promise<readonly string[]>
  /**
   * The environment variables with which OpenAI's and Anthropic's SDKs, and Claude Code, use the proxy.
   *
   * @throws {TypeError} when there is no such agent.
   */
  envFor(agent: string): Promise<Readonly<Record<string, string>>>
  /** What all calls have cost since the start, and what was put on a prepaid balance. */
  spent(): Spending
  /** Stops it. Answers in flight are cut off; what was signed is in the ledger. */
  stop(): Promise<void>
}

import { lookup } from 'node:dns'
import type { LookupFunction } from 'node:net'
import { isLoopback, type LoadOnce, loadOnce, MAX_HEADER_BYTES } from '@bursar/core'
import type { Agent, Dispatcher } from 'undici'

const options: Agent.Options = {
  keepAliveTimeout: 60_000,
  // Challenges with many offers pass Node's 16 KB.
  maxHeaderSize: MAX_HEADER_BYTES + 16 * 1024
}

/**
 * Resolves every name under `localhost` to this machine, as browsers do, whatever the name server says of it: such a name
 * may be paid over plain http.
 *
 * @see RFC 6761, section 6.3
 */
const lookupLoopback: LookupFunction = (hostname, lookupOptions, callback) =>
  lookup(isLoopback(hostname) ? 'localhost' : hostname, lookupOptions, callback)

/** An agent that is made for its first request. */
export class LazyAgent {
  readonly #agent: LoadOnce<Dispatcher>
  #making: Promise<Dispatcher> | undefined

  constructor(create: () => Promise<Dispatcher>) {
    this.#agent = loadOnce(create)
  }

  /** Uses the agent, at once where there is one already. */
  use<Value>(send: (agent: Dispatcher) => Promise<Value>): Promise<Value> {
    const agent = this.#agent.loaded()
    if (agent) return send(agent)
    this.#making = this.#agent()
    return this.#making.then(send)
  }

  /** Where none could be made there is none to destroy. */
  async destroy(): Promise<void> {
    const agent = await this.#making?.catch(() => undefined)
    await agent?.destroy()
  }
}

/** Opens connections without a proxy. */
export async function createAgent(): Promise<Dispatcher> {
  // Loading undici costs tens of milliseconds, so it is loaded when needed.
  const { Agent } = await import('undici')
  return new Agent({ ...options, connect: { lookup: lookupLoopback } })
}

/** Opens connections through the proxy that the environment names, except to the hosts of NO_PROXY. */
export async function createProxyAgent(): Promise<Dispatcher> {
  const { EnvHttpProxyAgent } = await import('undici')
  return new EnvHttpProxyAgent(options)
}

const proxyNames = ['http_proxy', 'HTTP_PROXY', 'https_proxy', 'HTTPS_PROXY']

/** Whether the environment names a proxy. */
export function namesProxy(env: NodeJS.ProcessEnv): boolean {
  return proxyNames.some((name) => env[name])
}

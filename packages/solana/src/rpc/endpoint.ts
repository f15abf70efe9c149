import { type Clock, isJsonObject, type NetworkId } from '@bursar/core'
import { readBoundedText } from './bounded-text.js'

/** Makes one JSON-RPC call and gives its `result`. */
export type Rpc = (method: string, params?: readonly unknown[]) => Promise<unknown>

/** An RPC node, and how it has behaved of late. */
export interface Endpoint {
  call(method: string, params: readonly unknown[], signal?: AbortSignal): Promise<unknown>
  /** @throws {TypeError} when the node serves another chain. */
  checkChain(network: NetworkId): Promise<void>
  /** How long it asks to be left alone, in milliseconds. */
  restMs(): number
  /** Whether its last call failed, and not long ago. */
  readonly failing: boolean
}

/** What an endpoint is made from. */
export interface EndpointOptions {
  readonly url: string
  readonly timeoutMs: number
  readonly clock: Clock
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>
}

/** A node that names no time is left alone this long. */
const DEFAULT_REST_MS = 500
/** After this long a node that failed is as good as any. */
const FORGIVEN_AFTER_MS = 30_000

/**
 * Talks to one RPC node.
 *
 * @throws {TypeError} when the URL is none. The message never shows it.
 */
export function createEndpoint({ url, timeoutMs, clock, fetch }: EndpointOptions): Endpoint {
  const { hostname } = parseUrl(url)
  let restsUntilMs = 0
  let failedAtMs = Number.NEGATIVE_INFINITY
  let chain: Promise<void> | undefined

  async function post(method: string, params: readonly unknown[], signal?: AbortSignal): Promise<unknown> {
    const timeout = AbortSignal.timeout(timeoutMs)
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
      redirect: 'error',
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout
    })
    if (response.status === 429) restsUntilMs = clock.nowMs() + retryAfterMs(response, clock)
    if (!response.ok) {
      await response.body?.cancel()
      throw Object.assign(new TypeError('The RPC node refused'), { status: response.status })
    }
    return readResult(JSON.parse(await readBoundedText(response)))
  }

  async function call(method: string, params: readonly unknown[], signal?: AbortSignal): Promise<unknown> {
    try {
      const result = await post(method, params, signal)
      failedAtMs = Number.NEGATIVE_INFINITY
      return result
    } catch (error) {
      if (!signal?.aborted) failedAtMs = clock.nowMs()
      throw error
    }
  }

  return {
    call,
    async checkChain(network) {
      // A chain on this machine has a genesis of its own, whatever network it stands in for.
      if (isLoopback(hostname)) return
      chain ??= call('getGenesisHash', []).then((genesis) => {
        const expected = network.slice('solana:'.length)
        if (typeof genesis === 'string' && genesis.startsWith(expected)) return
        throw new TypeError('The endpoint serves another chain')
      })
      try {
        await chain
      } catch (error) {
        chain = undefined
        throw error
      }
    },
    restMs: () => Math.max(0, restsUntilMs - clock.nowMs()),
    get failing() {
      return clock.nowMs() - failedAtMs < FORGIVEN_AFTER_MS
    }
  }
}

function parseUrl(url: string): URL {
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  if (parsed?.protocol === 'https:' || parsed?.protocol === 'http:') return parsed
  throw new TypeError('A Solana RPC endpoint must be an http or https URL (the one given is not shown)')
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname)
}

/** @see RFC 9110, section 10.2.3 */
function retryAfterMs(response: Response, clock: Clock): number {
  const text = response.headers.get('retry-after') ?? ''
  const ms = /^\d{1,6}$/.test(text) ? Number(text) * 1000 : Date.parse(text) - clock.nowMs()
  return Number.isFinite(ms) ? Math.max(ms, 0) : DEFAULT_REST_MS
}

function readResult(answer: unknown): unknown {
  if (!isJsonObject(answer)) throw new TypeError('The RPC node did not answer in JSON-RPC')
  if (isJsonObject(answer.error)) {
    throw Object.assign(new TypeError('The RPC node answered with an error'), { code: answer.error.code })
  }
  if (answer.result === undefined) throw new TypeError('The RPC node did not answer in JSON-RPC')
  return answer.result
}

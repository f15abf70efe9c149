import { abortable } from '../abortable.js'
import { eitherSignal } from '../either-signal.js'
import type { Clock } from '../interfaces/clock.js'
import type { NetworkId } from '../network/network.js'
import type { Rpc, RpcTransport } from './rpc-transport.js'

/**
 * Asks a node which network it serves, as a CAIP-2 id. A node on this machine may stand in for the network that is asked
 * for. @throws {TypeError} when it does not say.
 */
export type ReadServedNetwork = (
  rpc: Rpc,
  network: NetworkId,
  node: { readonly isLocal: boolean }
) => Promise<string>

/** What an endpoint is made from. */
export interface EndpointOptions {
  readonly transport: RpcTransport
  /** For each call. */
  readonly timeoutMs: number
  readonly clock: Clock
  readonly readNetwork: ReadServedNetwork
}

/** One RPC node, and how its latest calls went. */
export interface Endpoint {
  readonly transport: RpcTransport
  /** Bounded by the time limit, and ended by the signal. */
  call(method: string, params: readonly unknown[], signal?: AbortSignal): Promise<unknown>
  /** Checks which network the node serves, and asks it once. @throws {TypeError} with `serves`, when it is another. */
  assertServes(network: NetworkId): Promise<void>
  /** How long the node must not be asked, in milliseconds, because it limits its rate. */
  restMs(): number
  /** Whether its last call failed in the last 30 seconds. */
  isFailing(): boolean
  /** Whether its last call failed in a way that a second try may fix: no connection, or an HTTP status of 500 or more. */
  isWorthRetrying(): boolean
}

/** How long a node that limits its rate without naming a time is not asked. */
const DEFAULT_REST_MS = 500
/** After this long a failed node has its place in the order again. */
const FORGIVEN_AFTER_MS = 30_000

/** Builds an endpoint. */
export function createEndpoint({ transport, timeoutMs, clock, readNetwork }: EndpointOptions): Endpoint {
  let restsUntilMs = 0
  let failure: { readonly atMs: number; readonly error: unknown } | undefined
  let served: Promise<string> | undefined

  async function call(method: string, params: readonly unknown[], signal?: AbortSignal): Promise<unknown> {
    const timeout = AbortSignal.timeout(timeoutMs)
    const either = eitherSignal(signal, timeout)
    try {
      const result = await abortable(transport.request(method, params, either), either)
      failure = undefined
      return result
    } catch (error) {
      if (!signal?.aborted) failure = { atMs: clock.nowMs(), error }
      if (read(error, 'status') === 429) restsUntilMs = clock.nowMs() + restOf(error, clock)
      throw error
    }
  }

  /** An answer that is not the network may be another the next time. */
  async function assertServes(network: NetworkId): Promise<void> {
    served ??= readNetwork((method, params = []) => call(method, params), network, transport)
    try {
      const serves = await served
      if (serves !== network)
        throw Object.assign(new TypeError('The node serves another network'), { serves })
    } catch (error) {
      served = undefined
      throw error
    }
  }

  return {
    transport,
    call,
    assertServes,
    restMs: () => Math.max(0, restsUntilMs - clock.nowMs()),
    isFailing: () => failure !== undefined && clock.nowMs() - failure.atMs < FORGIVEN_AFTER_MS,
    isWorthRetrying: () => failure !== undefined && isPassing(failure.error)
  }
}

/** @see RFC 9110, section 10.2.3 */
function restOf(error: unknown, clock: Clock): number {
  const text = String(read(error, 'retryAfter') ?? '')
  const ms = /^\d{1,6}$/.test(text) ? Number(text) * 1000 : Date.parse(text) - clock.nowMs()
  return Number.isFinite(ms) ? Math.max(ms, 0) : DEFAULT_REST_MS
}

/** The platform's fetch throws an error with a cause, and neither status nor code, when there is no connection. */
function isPassing(error: unknown): boolean {
  const status = read(error, 'status')
  if (typeof status === 'number') return status >= 500
  return read(error, 'code') === undefined && read(error, 'cause') !== undefined
}

function read(error: unknown, field: 'status' | 'retryAfter' | 'code' | 'cause'): unknown {
  return typeof error === 'object' && error !== null ? Reflect.get(error, field) : undefined
}

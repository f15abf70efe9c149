import type { NetworkId } from '../network/network.js'

/** RPC endpoints by network, tried in order. */
export type RpcUrls = Readonly<Partial<Record<NetworkId, string | readonly string[]>>>

/** Makes one JSON-RPC call and gives its `result`. */
export type Rpc = (method: string, params?: readonly unknown[]) => Promise<unknown>

/** Carries JSON-RPC calls to one node: over HTTP, or through a client that a user brings. */
export interface RpcTransport {
  /** A node on this machine, whose chain may replace a public one. */
  readonly isLocal: boolean
  /** The node's host, for error messages: never a path or a query, which may hold a key. */
  readonly host?: string | undefined
  /**
   * @returns the call's `result`.
   * @throws whatever the client throws. Of its error, `status` and `retryAfter` are read.
   */
  request(method: string, params: readonly unknown[], signal: AbortSignal): Promise<unknown>
}

/** The part of the platform's `fetch` that an HTTP transport uses. */
export type RpcFetch = (url: string, init: RequestInit) => Promise<Response>

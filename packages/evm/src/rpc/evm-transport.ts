import type { RpcTransport } from '@bursar/core'

/** A viem client, a wallet's provider, or anything else that answers JSON-RPC calls. @see EIP-1193 */
export interface EvmProvider {
  // A method, not a property: clients type their parameter by the calls that they know.
  request(
    call: { readonly method: string; readonly params?: unknown },
    options?: { readonly signal?: AbortSignal }
  ): Promise<unknown>
}

/** What EVM chains are read through, besides URLs: a viem public client, a viem transport, or an EIP-1193 provider. */
export type EvmTransport = EvmProvider | ((config: { readonly retryCount: number }) => EvmProvider)

/** Sends the reader's calls through a transport that the user brings. */
export function toRpcTransport(given: EvmTransport): RpcTransport {
  // The chain reader retries by itself, with other endpoints first.
  const provider = typeof given === 'function' ? given({ retryCount: 0 }) : given
  return {
    isLocal: false,
    request: (method, params, signal) => provider.request({ method, params }, { signal })
  }
}

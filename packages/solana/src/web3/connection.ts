import { isLoopback, type RpcTransport } from '@bursar/core'
import { readRpcResult } from '@bursar/core/rpc'
import type { Connection } from '@solana/web3.js'

/** The call that every method of a `Connection` makes. web3.js leaves it out of its types. */
interface RpcRequester {
  _rpcRequest(method: string, params: readonly unknown[]): Promise<unknown>
}

/**
 * Reads Solana through a web3.js `Connection`: with its endpoint, its headers and its middleware.
 *
 * @example
 * ```ts
 * import { Connection } from '@solana/web3.js'
 *
 * const connection = new Connection('https://…', { httpHeaders: { authorization: 'Bearer …' } })
 * const payer = createSolanaPayer({ account: fromWallet(phantom), transports: { [SOLANA_MAINNET]: fromConnection(connection) } })
 * ```
 * @throws {TypeError} when it is not a `Connection` of web3.js 1.
 */
export function fromConnection(connection: Connection): RpcTransport {
  if (!makesCalls(connection)) throw new TypeError('That is not a Connection of @solana/web3.js 1')
  const { hostname, host } = new URL(connection.rpcEndpoint)
  return {
    isLocal: isLoopback(hostname),
    host,
    request: async (method, params) => readRpcResult(await connection._rpcRequest(method, params))
  }
}

function makesCalls(connection: Connection): connection is Connection & RpcRequester {
  return '_rpcRequest' in connection && typeof connection._rpcRequest === 'function'
}

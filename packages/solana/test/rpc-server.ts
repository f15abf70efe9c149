import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { onTestFinished } from 'vitest'

/** What a node answers to one call; a function writes the whole HTTP response itself. */
export type RpcAnswer =
  | { readonly result: unknown }
  | { readonly error: { readonly code: number; readonly message: string } }
  | ((response: ServerResponse) => void)

/** One call that a node has received. */
export interface RpcCall {
  readonly method: string
  readonly params: readonly unknown[]
}

/** A real server on this machine that answers JSON-RPC by a script. */
export interface RpcServer {
  readonly url: string
  /** Every call so far. */
  readonly calls: readonly RpcCall[]
  /** How often a method was called. */
  count(method: string): number
}

/** Starts a node that answers as `answer` says, and stops it when the test is over. */
export async function startRpcServer(
  answer: (call: RpcCall, count: number) => RpcAnswer | Promise<RpcAnswer>
): Promise<RpcServer> {
  const calls: RpcCall[] = []
  const count = (method: string): number => calls.filter((call) => call.method === method).length

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { id, method, params } = JSON.parse(await text(request)) as RpcCall & { id: number }
    calls.push({ method, params })
    const answered = await answer({ method, params }, count(method))
    if (typeof answered === 'function') return answered(response)
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ jsonrpc: '2.0', id, ...answered }))
  }

  const server = createServer(
    (request, response) => void serve(request, response).catch(() => response.destroy())
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, calls, count }
}

/** The answer of a node that names the slot it answers for. */
export function atSlot(value: unknown, slot = 1): RpcAnswer {
  return { result: { context: { slot }, value } }
}

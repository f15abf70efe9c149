import { createServer, type IncomingMessage } from 'node:http'
import { RpcProblem } from './rpc-problem.js'

const MAX_BODY_BYTES = 1024 * 1024

/** One JSON-RPC method. */
type RpcMethod = (params: readonly unknown[]) => unknown

/** The methods of a server, by name. */
export type RpcMethods = Readonly<Record<string, RpcMethod>>

/** A running JSON-RPC server. */
export interface RpcServer {
  readonly url: string
  stop(): Promise<void>
}

/** Node's five seconds cut connections that a client on a busy machine is about to use again. */
const KEEP_ALIVE_MS = 60_000

/** Serves JSON-RPC methods on loopback, as single calls and batches. */
export async function serveRpc(methods: RpcMethods): Promise<RpcServer> {
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
    readText(request).then(
      (text) => response.writeHead(200, { 'content-type': 'application/json' }).end(answer(methods, text)),
      () => response.writeHead(413).end()
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // Lets a program end that forgets to stop the chain.
  server.unref()
  const address = server.address()
  if (address === null || typeof address === 'string') throw new TypeError('The server has no TCP port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
  }
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    size += chunk.length
    if (size > MAX_BODY_BYTES) throw new RangeError('The request is too large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString()
}

function answer(methods: RpcMethods, text: string): string {
  let call: unknown
  try {
    call = JSON.parse(text)
  } catch {
    return JSON.stringify(failure(null, new RpcProblem(-32_700, 'Parse error')))
  }
  const result = Array.isArray(call) ? call.map((each) => runCall(methods, each)) : runCall(methods, call)
  return JSON.stringify(result)
}

function runCall(methods: RpcMethods, call: unknown): object {
  const { id = null, method, params = [] } = asObject(call)
  if (typeof method !== 'string' || !Array.isArray(params))
    return failure(id, new RpcProblem(-32_600, 'Invalid request'))
  const run = Object.hasOwn(methods, method) ? methods[method] : undefined
  if (!run) return failure(id, new RpcProblem(-32_601, 'Method not found'))
  try {
    return { jsonrpc: '2.0', result: run(params), id }
  } catch (error) {
    return failure(id, error instanceof RpcProblem ? error : new RpcProblem(-32_602, 'Invalid params'))
  }
}

function failure(id: unknown, { code, message, data }: RpcProblem): object {
  return { jsonrpc: '2.0', error: { code, message, ...(data === undefined ? {} : { data }) }, id }
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

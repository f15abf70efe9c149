import { createServer, type RequestListener, type Server } from 'node:http'
import { BursarError } from '@bursar/core'

/** A server that only programs on this machine can reach. */
export interface LoopbackServer {
  /** For example `http://127.0.0.1:8402`. */
  readonly url: string
  /** Stops listening and ends every connection. */
  close(): Promise<void>
}

const HOST = '127.0.0.1'
/** Milliseconds within which a request must have arrived whole. */
const REQUEST_TIMEOUT_MS = 60_000
/** Node's five seconds cut connections that a client on a busy machine is about to use again. */
const KEEP_ALIVE_MS = 60_000

/**
 * Listens on loopback.
 *
 * @param port 0 takes any free one.
 * @throws {BursarError} `server/port-unavailable`
 */
export async function listen(port: number, handle: RequestListener): Promise<LoopbackServer> {
  const server = createServer({ requestTimeout: REQUEST_TIMEOUT_MS, keepAliveTimeout: KEEP_ALIVE_MS }, handle)
  await opened(server, port)
  return {
    url: `http://${HOST}:${boundPort(server) ?? port}`,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    }
  }
}

function opened(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) => reject(portUnavailable(port, cause)))
    server.listen(port, HOST, resolve)
  })
}

function boundPort(server: Server): number | undefined {
  const address = server.address()
  return typeof address === 'object' ? address?.port : undefined
}

function portUnavailable(port: number, cause: Error): BursarError<'server/port-unavailable'> {
  const reason = 'code' in cause ? String(cause.code) : cause.name
  return new BursarError('server/port-unavailable', {
    message: `Port ${port} cannot be used (${reason}). Choose another one; 0 takes any free port.`,
    context: { port, reason },
    moneyState: 'none',
    cause
  })
}

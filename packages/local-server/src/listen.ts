import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse
} from 'node:http'
import { BursarError } from '@bursar/core'
import { ConnectionLimit } from './connection-limit.js'
import { isBehindEnd, lingerOn } from './lingering.js'

/** A server that listens, on this machine alone where nothing else is said. */
export interface LocalServer {
  /** For example `http://127.0.0.1:8402`. */
  readonly url: string
  /** Stops listening and ends every connection. */
  close(): Promise<void>
}

const LOOPBACK = '127.0.0.1'
/** Milliseconds within which a request must have arrived whole. */
const REQUEST_TIMEOUT_MS = 60_000
/** Milliseconds within which its head must have. Who begins a request and does not go on holds a connection no longer. */
const HEAD_TIMEOUT_MS = 20_000
/** How often that is looked at. Node's half a minute lets any program keep a connection for as long again. */
const LOOK_MS = 5_000
/** Node's five seconds cut connections that a client on a busy machine is about to use again. */
const KEEP_ALIVE_MS = 60_000
/** Far more than programs on one machine have at once. */
const MAX_CONNECTIONS = 1024

/** Where a server listens. */
export interface ListenPlace {
  /** 0 takes any free one. */
  readonly port: number
  /** An address of this machine. Default: `127.0.0.1`. */
  readonly host?: string | undefined
  /** Milliseconds within which the head of a request must have arrived. Default: 20_000. */
  readonly headTimeoutMs?: number | undefined
  /** Connections at once. One more is answered 429. Default: 1024. */
  readonly maxConnections?: number | undefined
}

/**
 * Listens, on loopback where nothing else is said.
 *
 * @throws {BursarError} `server/port-unavailable`
 */
export async function listen(place: number | ListenPlace, handle: RequestListener): Promise<LocalServer> {
  const {
    port,
    host = LOOPBACK,
    headTimeoutMs = HEAD_TIMEOUT_MS,
    maxConnections = MAX_CONNECTIONS
  }: ListenPlace = typeof place === 'number' ? { port: place } : place
  const options = {
    requestTimeout: REQUEST_TIMEOUT_MS,
    headersTimeout: headTimeoutMs,
    connectionsCheckingInterval: Math.min(LOOK_MS, headTimeoutMs),
    keepAliveTimeout: KEEP_ALIVE_MS
  }
  const limit = new ConnectionLimit(maxConnections)
  const server = createServer(options, (message, response) => {
    if (isBehindEnd(message)) return void message.resume()
    message.url = originForm(message.url)
    if (!limit.refuse(message, response) && !refuseUpgrade(message, response)) handle(message, response)
  })
  limit.watch(server)
  lingerOn(server)
  await opened(server, { port, host })
  return {
    url: `http://${urlHost(host)}:${boundPort(server) ?? port}`,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    }
  }
}

/**
 * The target of a request without a host, which some programs write before the path as if they spoke to a forward proxy. The host
 * that counts is that of the `Host` header.
 *
 * @see RFC 9112, section 3.2.2
 */
function originForm(target = '/'): string {
  const path = target.replace(/^https?:\/\/[^/?#]*/i, '')
  return path === target || path.startsWith('/') ? path : `/${path}`
}

/**
 * Says that there are no WebSockets here, so that a client goes on without. A wish for HTTP/2 (`h2c`), which some programs
 * send with each request, is left aside.
 */
function refuseUpgrade({ headers: { upgrade } }: IncomingMessage, response: ServerResponse): boolean {
  if (!/\bwebsocket\b/i.test(upgrade ?? '')) return false
  const headers = { upgrade: 'HTTP/1.1', connection: 'close', 'content-type': 'text/plain' }
  response.writeHead(426, headers).end('WebSockets are not served here. Ask over HTTP.\n')
  return true
}

/** The address by which this machine reaches the server. */
function urlHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return LOOPBACK
  return host.includes(':') ? `[${host}]` : host
}

function opened(
  server: Server,
  { port, host }: { readonly port: number; readonly host: string }
): Promise<void> {
  return new Promise((resolve, reject) => {
    // Later, a connection that cannot be taken is an error too, as where the process has no file left: without a listener it ends
    // the program, and every payment that is under way.
    server.on('error', (cause) => reject(portUnavailable(port, cause)))
    server.listen(port, host, resolve)
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

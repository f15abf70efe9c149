import type { IncomingMessage } from 'node:http'
import type { Access } from './access.js'
import type { Agents } from './agents.js'
import { RequestProblem } from './http-problem.js'

/**
 * Finds out which agent sent a request, and rejects every request that a web page could have sent. A page can make a
 * browser call this machine, also under a name that it has pointed here (DNS rebinding).
 *
 * @returns the agent's name.
 * @throws {RequestProblem} 403 for another Host, for an Origin, and for a request from a web page; 401 for an unknown
 * token.
 */
export function authenticate(message: IncomingMessage, agents: Agents, access: Access = {}): string {
  assertLetIn(message, access)
  const name = agents.nameOf(message.headers)
  if (name !== undefined) return name
  throw new RequestProblem({
    status: 401,
    code: 'invalid_api_key',
    message: 'This token is unknown here. The server prints its tokens when it starts'
  })
}

/**
 * Rejects what a web page could have sent, whatever its token.
 *
 * @throws {RequestProblem} 403
 */
export function assertLetIn(message: IncomingMessage, access: Access): void {
  assertOwnHost(message, access)
  assertNoPage(message, access)
}

function assertOwnHost({ headers, socket }: IncomingMessage, { allowHosts }: Access): void {
  const host = headers.host?.toLowerCase() ?? ''
  const names = ['127.0.0.1', 'localhost', '[::1]', addressText(socket.localAddress)]
  // Clients leave the port out where it is that of http.
  const ports = socket.localPort === 80 ? ['', ':80'] : [`:${socket.localPort}`]
  if (host !== '' && names.some((name) => ports.some((port) => host === name + port))) return
  const name = host.replace(/:\d+$/, '')
  if (allowHosts?.some((each) => each.toLowerCase() === name)) return
  const hint = allowHosts ? `. The option allowHosts (--allow-host) lets another name in` : ''
  throw new RequestProblem({
    status: 403,
    code: 'host_refused',
    message: `Only programs on this machine are served, at 127.0.0.1:${socket.localPort}${hint}`
  })
}

/** No page has an address of this machine as its origin but one that is served here. */
function addressText(address = ''): string {
  const plain = address.replace(/^::ffff:/, '')
  return plain.includes(':') ? `[${plain}]` : plain
}

function assertNoPage({ headers }: IncomingMessage, { allowOrigins = [] }: Access): void {
  const site = headers['sec-fetch-site']
  if (headers.origin === undefined && (site === undefined || site === 'none')) return
  if (headers.origin !== undefined && allowOrigins.includes(headers.origin)) return
  throw new RequestProblem({ status: 403, code: 'origin_refused', message: 'Web pages are not served' })
}

import type { IncomingMessage } from 'node:http'
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
export function authenticate(message: IncomingMessage, agents: Agents): string {
  assertOwnHost(message)
  assertNoPage(message)
  const name = agents.nameOf(message.headers)
  if (name !== undefined) return name
  throw new RequestProblem({
    status: 401,
    code: 'invalid_api_key',
    message: 'This token is unknown here. The server prints its tokens when it starts'
  })
}

function assertOwnHost({ headers: { host }, socket: { localPort } }: IncomingMessage): void {
  const hosts = [`127.0.0.1:${localPort}`, `localhost:${localPort}`, `[::1]:${localPort}`]
  if (host && hosts.includes(host.toLowerCase())) return
  throw new RequestProblem({
    status: 403,
    code: 'host_refused',
    message: `Only programs on this machine are served, at ${hosts[0]}`
  })
}

function assertNoPage({ headers }: IncomingMessage): void {
  const site = headers['sec-fetch-site']
  if (headers.origin === undefined && (site === undefined || site === 'none')) return
  throw new RequestProblem({ status: 403, code: 'origin_refused', message: 'Web pages are not served' })
}

import type { IncomingMessage } from 'node:http'
import type { Agents } from './agent.js'
import { ProxyProblem } from './problem.js'

/**
 * Tells who asks, and lets nobody in whom a web page could have sent: a page can make a browser call this machine, by its
 * own name or by a name that it has pointed here (DNS rebinding), and must get nothing.
 *
 * @throws {ProxyProblem} 403 for another Host, an Origin, or a request that a page began; 401 without a token of ours.
 */
export function admit(message: IncomingMessage, agents: Agents): string {
  const { headers, socket } = message
  const port = socket.localPort
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`]
  if (!headers.host || !hosts.includes(headers.host.toLowerCase()))
    throw new ProxyProblem(
      403,
      'host_refused',
      'This is a proxy for programs on this machine, under its own address'
    )
  const site = headers['sec-fetch-site']
  if (headers.origin !== undefined || (site !== undefined && site !== 'none'))
    throw new ProxyProblem(403, 'origin_refused', 'Web pages may not use this proxy')
  const name = agents.nameOf(headers)
  if (name === undefined)
    throw new ProxyProblem(
      401,
      'invalid_api_key',
      'The token is not one of this proxy; it is printed at its start'
    )
  return name
}

import { BursarError, isLoopback } from '@bursar/core'

/**
 * What a model may reach: https anywhere, and plain http on this machine only. Plain http would reach the routers, cloud
 * metadata and other machines of the operator's network.
 *
 * @throws {BursarError} `request/insecure`
 */
export function checkUrl({ protocol, hostname, host }: URL): void {
  if (protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname))) return
  throw new BursarError('request/insecure', {
    message: `${host || protocol} may not be reached: only https, and http on this machine. Nothing was sent there.`,
    context: { host },
    moneyState: 'none'
  })
}

import type { Env } from '../io.js'
import { namedProxies } from '../process/environment-proxy.js'
import type { Finding } from './finding.js'

/** Says through which proxy of the environment requests go. Nothing where it names none. */
export function checkProxy(env: Env): readonly Finding[] {
  const hosts = namedProxies(env)
  if (hosts.length === 0) return []
  const without = env.no_proxy ?? env.NO_PROXY
  const text = `requests go through ${hosts.join(' and ')}, but to this machine${without ? ` and ${without}` : ''}`
  return [{ what: 'proxy', ok: !hosts.includes('what is no URL'), text }]
}

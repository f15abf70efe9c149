import type { Env } from '../io.js'

const names = ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY'] as const
/** What is for this machine never goes to a proxy: it may be paid over plain http. */
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]']

/** The proxies that an environment names, by their hosts, since their URLs may hold a password. */
export function namedProxies(env: Env): readonly string[] {
  const urls = names.flatMap((name) => env[name] ?? [])
  return [...new Set(urls.map((url) => (URL.canParse(url) ? new URL(url).host : 'what is no URL')))]
}

/**
 * Has all requests of this process go through the proxy that the environment names, except to the hosts of `NO_PROXY` and
 * to this machine: Node's own fetch, by which balances, relays and chains are asked, reads none of these variables.
 */
export async function useEnvironmentProxy(env: Env): Promise<void> {
  if (namedProxies(env).length === 0) return
  const { EnvHttpProxyAgent, setGlobalDispatcher } = await import('undici')
  const { no_proxy: lower, NO_PROXY: upper } = env
  const noProxy = [lower ?? upper ?? '', ...LOOPBACK].filter((host) => host !== '').join(',')
  setGlobalDispatcher(new EnvHttpProxyAgent({ noProxy }))
}

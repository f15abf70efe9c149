import { isLoopback, type RpcFetch } from '@bursar/core'
import { createAgent, createProxyAgent, LazyAgent, namesProxy } from './create-agent.js'
import { GlobalDispatcher } from './global-dispatcher.js'

/**
 * Makes a fetch that goes where calls go: through the dispatcher of the process, else through the proxy that the environment
 * names, except to the hosts of NO_PROXY and to this machine. Node's own fetch knows of no proxy.
 */
export function createEnvFetch(): RpcFetch {
  const ofProcess = new GlobalDispatcher()
  const direct = new LazyAgent(createAgent)
  const proxied = new LazyAgent(createProxyAgent)
  const agentFor = (hostname: string): LazyAgent | undefined => {
    if (ofProcess.carries(hostname)) return undefined
    // A dispatcher that is set and does not carry this is what Node's own fetch would take.
    if (ofProcess.isSet()) return direct
    return isLoopback(hostname) || !namesProxy(process.env) ? undefined : proxied
  }
  return async (url, init) => {
    const agent = agentFor(new URL(url).hostname)
    if (!agent) return globalThis.fetch(url, init)
    return agent.use((dispatcher) => {
      const through = { ...init, dispatcher }
      return globalThis.fetch(url, through)
    })
  }
}

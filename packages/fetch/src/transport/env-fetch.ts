import { isLoopback, type RpcFetch } from '@bursar/core'
import type { Dispatcher } from 'undici'
import { createProxyAgent, namesProxy } from './create-agent.js'
import { GlobalDispatcher } from './global-dispatcher.js'

/**
 * Makes a fetch that goes where calls go: through the dispatcher of the process, else through the proxy that the environment
 * names, except to the hosts of NO_PROXY and to this machine. Node's own fetch knows of no proxy.
 */
export function createEnvFetch(): RpcFetch {
  const ofProcess = new GlobalDispatcher()
  let proxied: Promise<Dispatcher> | undefined
  return async (url, init) => {
    const isDirect = isLoopback(new URL(url).hostname) || !namesProxy(process.env)
    if (isDirect || ofProcess.isSet()) return globalThis.fetch(url, init)
    proxied ??= createProxyAgent()
    const through = { ...init, dispatcher: await proxied }
    return globalThis.fetch(url, through)
  }
}

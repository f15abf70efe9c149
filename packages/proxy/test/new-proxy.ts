import { memoryLedger } from '@bursar/ledger'
import { onTestFinished } from 'vitest'
import type { ProxyOptions } from '../src/proxy-options.js'
import { startProxy } from '../src/start-proxy.js'

/** A private key that nobody uses: the first of anvil's. */
export const EVM_KEY = '0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80'
export const TOKEN = 'a-token-of-the-tests'
const NOWHERE = 'http://127.0.0.1:9'

/** A proxy whose service does not answer. */
export async function newProxy(options: Partial<ProxyOptions> = {}) {
  const notes: string[] = []
  const proxy = await startProxy({
    evm: EVM_KEY,
    rpcUrls: { 'eip155:8453': NOWHERE },
    limits: { payment: '0.25', day: '1' },
    ledger: memoryLedger(),
    service: { name: 'katana', baseUrl: NOWHERE },
    agents: [{ name: 'one', token: TOKEN }],
    port: 0,
    onAnswered: ({ agent, path, status }) => notes.push(`${agent} ${path} ${status}`),
    ...options
  })
  onTestFinished(() => proxy.stop())
  const post = (path: string, body: object, headers: Readonly<Record<string, string>> = {}) =>
    fetch(`${proxy.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${TOKEN}`, ...headers },
      body: JSON.stringify(body)
    })
  return { proxy, post, notes }
}

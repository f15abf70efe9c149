import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { startProxy } from '../../test/proxy-server.js'
import { serve } from '../../test/scripted-server.js'
import { createEnvFetch } from './env-fetch.js'

beforeEach(() => {
  for (const name of ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy'])
    vi.stubEnv(name, undefined)
  onTestFinished(() => void vi.unstubAllEnvs())
})

/** A node that only a proxy leads to, since its name is nowhere known. */
async function proxiedNode() {
  const node = await serve((_, response) => void response.end('answer'))
  const proxy = await startProxy(node.port)
  vi.stubEnv('HTTP_PROXY', proxy.url)
  return { node, proxy }
}

describe('reads of chains', () => {
  it('go through the proxy that the environment names', async () => {
    const { proxy, node } = await proxiedNode()
    const response = await createEnvFetch()('http://node.example/key', { method: 'POST', body: '{}' })
    expect([response.status, await response.text()]).toEqual([200, 'answer'])
    expect(proxy.tunnels).toEqual(['node.example:80'])
    expect(node.arrivals).toMatchObject([{ method: 'POST', path: '/key' }])
  })

  it('do not for a host of NO_PROXY, nor for this machine', async () => {
    const { proxy, node } = await proxiedNode()
    vi.stubEnv('NO_PROXY', 'node.example')
    const read = createEnvFetch()
    await expect(read('http://node.example/key', {})).rejects.toThrow(TypeError)
    expect((await read(node.url, {})).status).toBe(200)
    expect(proxy.tunnels).toEqual([])
  })
})

import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { BASE, SOLANA_MAINNET } from '@bursar/core'
import { Keypair } from '@solana/web3.js'
import { createBursar } from 'bursar'
import { generatePrivateKey } from 'viem/accounts'
import { expect, it, onTestFinished, vi } from 'vitest'

const answers: Readonly<Record<string, unknown>> = {
  eth_chainId: '0x2105',
  eth_getBalance: '0x1',
  eth_call: `0x${'00'.repeat(31)}07`,
  getGenesisHash: '5eykt4UsFv8P8NJdTREpY1vzqKqZKvdpKuc147dw2N9d',
  getBalance: { context: { slot: 1 }, value: 1 },
  getAccountInfo: { context: { slot: 1 }, value: null }
}

/** A node of either chain, and a proxy that leads to it alone. */
async function startNode(): Promise<{ readonly proxyUrl: string; readonly tunnels: string[] }> {
  const tunnels: string[] = []
  const server = createServer(async (request, response) => {
    const { id, method } = JSON.parse(await text(request))
    response.end(JSON.stringify({ jsonrpc: '2.0', id, result: answers[method] }))
  })
  server.on('connect', ({ url }, socket) => {
    tunnels.push(String(url))
    const upstream = connect((server.address() as AddressInfo).port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      upstream.pipe(socket).pipe(upstream)
    })
    for (const end of [socket, upstream]) end.on('error', () => end.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { proxyUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, tunnels }
}

it('reads of both chains go through the proxy that the environment names', async () => {
  const { proxyUrl, tunnels } = await startNode()
  for (const name of ['NO_PROXY', 'no_proxy', 'HTTPS_PROXY', 'https_proxy']) vi.stubEnv(name, undefined)
  vi.stubEnv('HTTP_PROXY', proxyUrl)
  onTestFinished(() => void vi.unstubAllEnvs())
  const bursar = createBursar({
    evm: generatePrivateKey(),
    solana: Keypair.generate(),
    limits: { payment: '1' },
    ledger: 'memory',
    rpcUrls: { [BASE]: 'http://base.example/', [SOLANA_MAINNET]: 'http://solana.example/' }
  })
  onTestFinished(() => bursar.close())
  await bursar.balances()
  expect(new Set(tunnels)).toEqual(new Set(['base.example:80', 'solana.example:80']))
})

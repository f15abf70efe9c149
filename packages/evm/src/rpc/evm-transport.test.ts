import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { BASE } from '@bursar/core'
import { createPublicClient, http } from 'viem'
import { generatePrivateKey } from 'viem/accounts'
import { expect, it, onTestFinished } from 'vitest'
import { createEvmPayer, type EvmTransport } from '../index.js'

/** A node whose accounts all hold one ETH. */
async function startNode(): Promise<{ readonly url: string; readonly methods: readonly string[] }> {
  const methods: string[] = []
  const server = createServer(async (request, response) => {
    const { id, method } = JSON.parse(await text(request))
    methods.push(method)
    const result = method === 'eth_chainId' ? '0x2105' : '0xde0b6b3a7640000'
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ jsonrpc: '2.0', id, result }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, methods }
}

const payerWith = (transport: EvmTransport, rpcTimeoutMs = 30_000) =>
  createEvmPayer({ account: generatePrivateKey(), transports: { [BASE]: transport }, rpcTimeoutMs })

it.each<[string, (url: string) => EvmTransport]>([
  ['a viem public client', (url) => createPublicClient({ transport: http(url) })],
  ['a viem transport', (url) => http(url)]
])('%s is what a payer reads through', async (_, transportOf) => {
  const node = await startNode()
  expect(await payerWith(transportOf(node.url)).balances.readGas(BASE)).toBe(10n ** 18n)
  expect(node.methods.toSorted()).toEqual(['eth_chainId', 'eth_getBalance'])
})

it('one that stalls is given up by the time limit, and one that fails is an outage', async () => {
  for (const request of [() => new Promise<never>(() => {}), () => Promise.reject(new Error('secret'))]) {
    const error = await payerWith({ request }, 50)
      .balances.readGas(BASE)
      .catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 'rpc/unavailable', moneyState: 'none' })
    expect(JSON.stringify(error) + String(error)).not.toContain('secret')
  }
})

it('a network without a known token is a mistake of the caller', async () => {
  const payer = payerWith({ request: () => Promise.reject(new TypeError('down')) })
  await expect(payer.balances.readUsdc('eip155:7')).rejects.toMatchObject({
    code: 'asset/unknown',
    context: { network: 'eip155:7' },
    moneyState: 'none'
  })
})

it('what cannot sign is no account', () => {
  for (const account of [undefined, null, 7, {}, { address: `0x${'1'.repeat(40)}` }]) {
    expect(() => createEvmPayer({ account: account as never })).toThrow(TypeError)
  }
})

import { type BaseChain, startBase } from '@bursar/localchain'
import { createPublicClient, type Hex, http } from 'viem'
import { generatePrivateKey } from 'viem/accounts'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { type RpcProxy, startRpcProxy } from '../../testing/rpc-proxy.js'
import { createRelayer, type Relayer } from './relayer.js'

const to = '0x00000000000000000000000000000000000000cc'

let chain: BaseChain
let proxy: RpcProxy
let relayer: Relayer

beforeAll(async () => {
  chain = await startBase()
  proxy = await startRpcProxy(chain.rpcUrl)
  relayer = relayerOf(chain.accounts[1]?.privateKey ?? '0x')
})
afterEach(() => {
  proxy.handling = 'forward'
})
afterAll(async () => {
  await proxy[Symbol.asyncDispose]()
  await chain.stop()
})

function relayerOf(key: Hex): Relayer {
  const client = createPublicClient({ transport: http(proxy.rpcUrl, { retryCount: 0 }), cacheTime: 0 })
  return createRelayer(client, chain.chainId, key)
}

async function isMined(hash: Hex): Promise<boolean> {
  const client = createPublicClient({ transport: http(chain.rpcUrl) })
  return client.getTransactionReceipt({ hash }).then(
    () => true,
    () => false
  )
}

it('knows the hash of a transaction whose answer is lost', async () => {
  proxy.handling = 'forward and cut the answer'
  const hash = await relayer.send(to, '0x')
  // The proxy cuts the line before the block is made.
  await expect.poll(() => isMined(hash)).toBe(true)
})

it('knows the hash of a transaction that never arrived, and leaves no gap behind it', async () => {
  proxy.handling = 'swallow'
  expect(await isMined(await relayer.send(to, '0x'))).toBe(false)
  proxy.handling = 'forward'
  const hash = await relayer.send(to, '0x01')
  await expect.poll(() => isMined(hash)).toBe(true)
})

it('throws when the node rejects the transaction', async () => {
  const poor = relayerOf(generatePrivateKey())
  await expect(poor.send(to, '0x')).rejects.toThrow()
})

it('sends many at a time', async () => {
  const hashes = await Promise.all(Array.from({ length: 20 }, () => relayer.send(to, '0x')))
  expect(new Set(hashes).size).toBe(20)
  await expect.poll(() => Promise.all(hashes.map(isMined))).toEqual(hashes.map(() => true))
})

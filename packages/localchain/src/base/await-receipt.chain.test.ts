import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createTestClient, type Hash, http } from 'viem'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type BaseChain, startBase } from '../index.js'
import { createAnvilClient } from './anvil-client.js'
import { awaitReceipt } from './await-receipt.js'

let chain: BaseChain
beforeAll(async () => {
  chain = await startBase()
})
afterAll(() => chain.stop())

const to = '0x00000000000000000000000000000000000000cc'
const testClient = () => createTestClient({ mode: 'anvil', transport: http(chain.rpcUrl) })

/** Sends a transaction from a development account. */
async function send(): Promise<Hash> {
  const from = chain.accounts[0]?.address ?? to
  const transaction = { from, to, value: '0x1' } as const
  return createAnvilClient(chain.rpcUrl).request({ method: 'eth_sendTransaction', params: [transaction] })
}

/** Passes a request on to the chain. */
async function forward(body: string): Promise<string> {
  const headers = { 'content-type': 'application/json' }
  return (await fetch(chain.rpcUrl, { method: 'POST', headers, body })).text()
}

/**
 * A line to the chain on which the only new block is made when the receipt has been missed twice, and where whatever looks at
 * blocks has its answer after it has been told the number of the new one. On a busy machine that happens by itself.
 */
async function startUnluckyLine() {
  let missed = 0
  let told = 0
  const server = createServer((message, response) => {
    void (async () => {
      let body = ''
      for await (const chunk of message) body += String(chunk)
      const answer = await forward(body)
      if (body.includes('eth_getTransactionReceipt') && ++missed === 2) await testClient().mine({ blocks: 1 })
      if (body.includes('eth_blockNumber') && missed >= 2) told++
      while (body.includes('eth_getBlockByNumber') && told < 3) await new Promise((r) => setTimeout(r, 5))
      response.writeHead(200, { 'content-type': 'application/json' }).end(answer)
    })()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return { rpcUrl: `http://127.0.0.1:${port}`, [Symbol.asyncDispose]: stop }
}

it('finds a receipt in the last block that the chain makes, whenever that is made', async () => {
  await testClient().setAutomine(false)
  try {
    const hash = await send()
    await using line = await startUnluckyLine()
    expect(await awaitReceipt(createAnvilClient(line.rpcUrl), hash)).toMatchObject({
      status: 'success',
      transactionHash: hash
    })
  } finally {
    await testClient().setAutomine(true)
  }
})

it('waits for many transactions at once', async () => {
  const hashes: Hash[] = []
  for (let count = 0; count < 20; count++) hashes.push(await send())
  const receipts = await Promise.all(hashes.map((hash) => chain.awaitReceipt(hash)))
  expect(receipts.map(({ transactionHash }) => transactionHash)).toEqual(hashes)
})

it('says at once that the chain is gone', async () => {
  const other = await startBase()
  await other.stop()
  await expect(other.awaitReceipt(`0x${'ab'.repeat(32)}`)).rejects.toMatchObject({
    name: 'HttpRequestError'
  })
})

import { inflateSync } from 'node:zlib'
import { createBursar, formatUsdc, isBursarError, parseUsdc } from 'bursar'
import { createPublicClient, createWalletClient, custom, http, parseAbi } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { describe, expect, it, onTestFinished } from 'vitest'
import { fundWallet, imageRequest, imageUrl, useStack } from './stack.js'

const stack = useStack()

describe('a paid image on Base', () => {
  it('moves exactly the price from payer to payee, and the receipt names the transaction that did', async () => {
    const { chain, gateway } = stack
    const { address, bursar } = await fundWallet(stack)
    const before = { payer: await chain.balanceOf(address), payee: await chain.balanceOf(gateway.payTo.base) }
    const response = await bursar.fetch(imageUrl(stack), imageRequest('a mug'))
    expect(response.status).toBe(200)
    const receipt = bursar.receiptOf(response)
    const paid = before.payer - (await chain.balanceOf(address))
    expect(formatUsdc(paid)).toBe(receipt?.amount)
    expect((await chain.balanceOf(gateway.payTo.base)) - before.payee).toBe(paid)
    const [used] = await chain.authorizationsUsed(address)
    expect(used).toMatchObject({ nonce: receipt?.reference, transaction: receipt?.transaction })
  })

  it('is quoted at the price that is then paid, and the quote pays nothing', async () => {
    const { address, bursar } = await fundWallet(stack)
    const quote = await bursar.quote(imageUrl(stack), imageRequest('a quoted mug'))
    expect(await stack.chain.authorizationsUsed(address)).toEqual([])
    const response = await bursar.fetch(imageUrl(stack), imageRequest('a quoted mug'))
    expect(bursar.receiptOf(response)?.amount).toBe(quote.offers[0]?.amount)
  })

  it('ends in a PNG whose pixels are all there', async () => {
    const { bursar } = await fundWallet(stack)
    const { request_id: id } = await (await bursar.fetch(imageUrl(stack), imageRequest('a drawn mug'))).json()
    let job = await (await bursar.fetch(`${stack.gateway.url}/v1/generation-requests/${id}`)).json()
    while (job.poll_after_seconds !== null)
      job = await (await bursar.fetch(`${stack.gateway.url}/v1/generation-requests/${id}`)).json()
    const [asset] = job.responses[0].output_assets
    const png = Buffer.from(await (await bursar.fetch(asset.original_data_url)).arrayBuffer())
    expect(png.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n')
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([asset.width, asset.height])
    const start = png.indexOf('IDAT')
    const pixels = inflateSync(png.subarray(start + 4, start + 4 + png.readUInt32BE(start - 4)))
    expect(pixels.length).toBeGreaterThan(asset.width * asset.height)
  })
})

describe('every kind of EVM account pays:', () => {
  it('a viem account, a viem wallet client, and any signer of typed data', async () => {
    const { key } = await fundWallet(stack)
    const account = privateKeyToAccount(key)
    const transport = custom({ request: async () => null })
    const signer = { address: account.address, signTypedData: account.signTypedData }
    for (const evm of [account, createWalletClient({ account, transport }), signer]) {
      const { address, bursar } = await fundWallet(stack, { evm })
      await stack.chain.mint(account.address, 1_000_000n)
      const response = await bursar.fetch(imageUrl(stack), imageRequest(`by ${address}`))
      expect(bursar.receiptOf(response)?.payer).toBe(account.address)
    }
    expect(await stack.chain.authorizationsUsed(account.address)).toHaveLength(3)
  })

  it('over a fetch that the user brings', async () => {
    const { key } = await fundWallet(stack)
    let sent = 0
    const counting: typeof fetch = (input, init) => {
      sent++
      return fetch(input, init)
    }
    const bursar = createBursar({ fetch: counting, evm: key, limits: { payment: '0.25' }, ledger: 'memory' })
    onTestFinished(() => bursar.close())
    expect((await bursar.fetch(imageUrl(stack), imageRequest('own fetch'))).status).toBe(200)
    expect(sent).toBe(2)
  })
})

describe('the chain is the judge', () => {
  it('of a lost answer: it settled, and the error names the transaction', async () => {
    const { address, bursar } = await fundWallet(stack)
    const init = imageRequest('lost', { 'X-Gateway-Fault': 'answer-lost-after-settling*9' })
    const error = await bursar.fetch(imageUrl(stack), init).catch((reason: unknown) => reason)
    const [used] = await stack.chain.authorizationsUsed(address)
    if (!isBursarError(error, 'payment/settled-answer-lost')) throw error
    expect(error).toMatchObject({ moneyState: 'settled', context: { transaction: used?.transaction } })
  })

  it('of an authorization that never settled: dead once chain time has passed it, and its budget comes back', async () => {
    const limits = { payment: '0.25', total: '0.25' }
    const { address, bursar } = await fundWallet(stack, { limits, resend: { times: 0 } })
    const init = imageRequest('never settled', { 'X-Gateway-Fault': 'answer-lost-before-settling*9' })
    const error = await bursar.fetch(imageUrl(stack), init).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 'payment/outcome-unknown', moneyState: 'sent' })
    expect(await stack.chain.authorizationsUsed(address)).toEqual([])
  })

  it('of nothing while it cannot be reached: an outage is never read as "not paid"', async () => {
    const { bursar } = await fundWallet(stack, { rpcUrls: { 'eip155:8453': 'http://127.0.0.1:1' } })
    const init = imageRequest('outage', { 'X-Gateway-Fault': 'answer-lost-after-settling*9' })
    expect(await bursar.fetch(imageUrl(stack), init).catch((reason: unknown) => reason)).toMatchObject({
      code: 'payment/outcome-unknown',
      moneyState: 'unknown'
    })
  })
})

it('a price above the limit is rejected before the key is used, and the chain has seen nothing', async () => {
  const { address, bursar } = await fundWallet(stack, { limits: { payment: parseUsdc('0.000001') } })
  await expect(bursar.fetch(imageUrl(stack), imageRequest('dear'))).rejects.toMatchObject({
    code: 'offer/over-limit'
  })
  const client = createPublicClient({ transport: http(stack.chain.rpcUrl) })
  const abi = parseAbi(['function balanceOf(address) view returns (uint256)'])
  const balance = await client.readContract({
    address: stack.chain.usdc,
    abi,
    functionName: 'balanceOf',
    args: [address]
  })
  expect(balance).toBe(10_000_000n)
})

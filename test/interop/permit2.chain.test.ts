import { HTTPFacilitatorClient } from '@x402/core/server'
import { createBursar } from 'bursar'
import { createWalletClient, erc20Abi, http } from 'viem'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { expect, it, onTestFinished } from 'vitest'
import { fundWallet, useStack, type Wallet } from '../stack.js'
import { startPermit2Server } from './permit2-server.js'

const stack = useStack()
const PERMIT2 = '0x000000000022D473030F116dDEE9F6B43aC78BA3'
const newPayee = () => privateKeyToAccount(generatePrivateKey()).address

/** Has the account allow Permit2 to take its USDC, as its owner does once. */
async function approve({ key, address }: Wallet): Promise<void> {
  const { chain } = stack
  await chain.fundGas(address)
  const account = privateKeyToAccount(key)
  const client = createWalletClient({ account, transport: http(chain.rpcUrl) })
  const call = { address: chain.usdc, abi: erc20Abi, functionName: 'approve', chain: null } as const
  const hash = await client.writeContract({ ...call, args: [PERMIT2, 2n ** 256n - 1n] })
  await chain.awaitReceipt(hash)
}

it('X103: exact by Permit2 is settled by the official facilitator, and confirmed on the chain', async () => {
  const payee = newPayee()
  const server = await startPermit2Server(stack.chain, payee)
  const wallet = await fundWallet(stack, { verify: 'chain' })
  await approve(wallet)
  const response = await wallet.bursar.fetch(`${server.url}/exact`)
  expect([response.status, await response.text()]).toEqual([200, 'sold'])
  expect(wallet.bursar.receiptOf(response)).toMatchObject({ moneyState: 'settled', amount: '0.01' })
  expect(await stack.chain.balanceOf(payee)).toBe(10_000n)
})

it('P79: the gateway is the facilitator of a server that sells by Permit2 and by upto', async () => {
  const payee = newPayee()
  const facilitator = new HTTPFacilitatorClient({ url: stack.gateway.url })
  const server = await startPermit2Server(stack.chain, payee, facilitator)
  server.charge = '1858'
  const wallet = await fundWallet(stack, { verify: 'chain', limits: { payment: '0.5' } })
  await approve(wallet)
  for (const [path, balance] of [
    ['exact', 10_000n],
    ['upto', 11_858n]
  ] as const) {
    const response = await wallet.bursar.fetch(`${server.url}/${path}`)
    expect([response.status, await response.text()]).toEqual([200, 'sold'])
    expect(await stack.chain.balanceOf(payee)).toBe(balance)
  }
})

it('X92, X103: without an allowance nothing is signed, and the approval is named', async () => {
  const server = await startPermit2Server(stack.chain, newPayee())
  const { bursar } = await fundWallet(stack)
  await expect(bursar.fetch(`${server.url}/exact`)).rejects.toMatchObject({
    code: 'offer/none-usable',
    message: expect.stringContaining('approve(0x000000000022D473030F116dDEE9F6B43aC78BA3')
  })
  expect(server.served()).toBe(0)
})

it('X89, X103: a first payment whose gas the server pays needs no gas and no approval', async () => {
  const payee = newPayee()
  const server = await startPermit2Server(stack.chain, payee)
  const { bursar } = await fundWallet(stack, { verify: 'chain' })
  for (const paid of [10_000n, 20_000n]) {
    const response = await bursar.fetch(`${server.url}/sponsored`)
    expect([response.status, await response.text()]).toEqual([200, 'sold'])
    expect(await stack.chain.balanceOf(payee)).toBe(paid)
  }
})

it('X91, X103: calls at the same time whose gas the server pays are paid one after the other', async () => {
  const payee = newPayee()
  const server = await startPermit2Server(stack.chain, payee)
  const { bursar } = await fundWallet(stack)
  const calls = [1, 2, 3].map(async (call) => {
    const response = await bursar.fetch(`${server.url}/sponsored`, {
      bursar: { labels: { call: String(call) } }
    })
    return [response.status, await response.text()]
  })
  expect(await Promise.all(calls)).toEqual(calls.map(() => [200, 'sold']))
  expect(await stack.chain.balanceOf(payee)).toBe(30_000n)
})

it('X91: of two processes that sign with one permit number, one pays, and nothing of the other is taken', async () => {
  const payee = newPayee()
  const server = await startPermit2Server(stack.chain, payee)
  const { key, address } = await fundWallet(stack)
  const url = `${server.url}/sponsored`
  const challenge = (await fetch(url)).headers.get('payment-required') ?? ''
  let signed = 0
  let release = (): void => {}
  const bothSigned = new Promise<void>((resolve) => {
    release = resolve
  })
  const payments = [1, 2].map(() => {
    const bursar = createBursar({
      evm: key,
      limits: { payment: '0.25' },
      ledger: 'memory',
      rpcUrls: { 'eip155:8453': stack.chain.rpcUrl },
      resend: { times: 0 }
    })
    onTestFinished(() => bursar.close())
    return bursar.pay(challenge, {
      origin: url,
      send: async ({ headers }) => {
        if (++signed === 2) release()
        await bothSigned
        return fetch(url, { headers })
      }
    })
  })
  const ends = await Promise.allSettled(payments)
  expect(ends.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  const rejected = ends.find((end) => end.status === 'rejected')
  expect(rejected?.reason).toMatchObject({ code: 'payment/refused', moneyState: 'sent' })
  expect(await stack.chain.balanceOf(payee)).toBe(10_000n)
  expect(await stack.chain.balanceOf(address)).toBe(9_990_000n)
})

it('X103: upto takes 1858, the most and nothing, and the ledger counts what was taken', async () => {
  const payee = newPayee()
  const server = await startPermit2Server(stack.chain, payee)
  const limits = { payment: '0.5', total: '2' }
  const wallet = await fundWallet(stack, { verify: 'chain', limits })
  await approve(wallet)
  const { bursar } = wallet
  const url = `${server.url}/upto`
  server.charge = '1858'
  const first = await bursar.fetch(url)
  expect([first.status, await first.text()]).toEqual([200, 'sold'])
  expect(bursar.receiptOf(first)).toMatchObject({ moneyState: 'settled', amount: '0.001858', most: '0.5' })
  server.charge = undefined
  const second = await bursar.fetch(url)
  await second.text()
  expect(bursar.receiptOf(second)).toMatchObject({ moneyState: 'settled', amount: '0.5' })
  expect(await stack.chain.balanceOf(payee)).toBe(501_858n)
  server.charge = '0'
  const third = await bursar.fetch(url)
  await third.text()
  expect(bursar.receiptOf(third)).toMatchObject({ moneyState: 'sent', amount: '0.5' })
  expect(await bursar.outstanding()).toMatchObject([{ call: 'answered', offer: { cost: 500_000n } }])
  expect(await stack.chain.balanceOf(payee)).toBe(501_858n)
})

it('X85: a charge above the most is refused by the facilitator, and the most is held', async () => {
  const payee = newPayee()
  const server = await startPermit2Server(stack.chain, payee)
  const wallet = await fundWallet(stack, { limits: { payment: '0.5', total: '2' } })
  await approve(wallet)
  server.charge = '600000'
  await expect(wallet.bursar.fetch(`${server.url}/upto`)).rejects.toMatchObject({
    code: 'payment/refused',
    moneyState: 'sent',
    context: { reason: expect.stringContaining('settlement_exceeds_amount') }
  })
  expect(await stack.chain.balanceOf(payee)).toBe(0n)
})

import { createWalletClient, erc20Abi, http } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { expect, it } from 'vitest'
import { fundWallet, useStack } from './stack.js'

const stack = useStack()
const PERMIT2 = '0x000000000022D473030F116dDEE9F6B43aC78BA3'

it('X89, X90: bursar pays the gateway by Permit2 with a permit, and without gas', async () => {
  const { gateway, chain } = stack
  gateway.sell('/photo', { price: '0.01', by: 'permit2', sponsored: true }, () => new Response('photo'))
  const { bursar } = await fundWallet(stack, { verify: 'chain' })
  const before = await chain.balanceOf(gateway.payTo.base)
  expect(await bursar.quote(`${gateway.url}/photo`)).toMatchObject({ offers: [{ isPermit2: true }] })
  const response = await bursar.fetch(`${gateway.url}/photo`)
  expect([response.status, await response.text()]).toEqual([200, 'photo'])
  expect(bursar.receiptOf(response)).toMatchObject({ moneyState: 'settled', amount: '0.01' })
  expect(await chain.balanceOf(gateway.payTo.base)).toBe(before + 10_000n)
})

it('X85, X86: bursar pays the gateway by upto, and counts what the handler takes', async () => {
  const { gateway, chain } = stack
  gateway.sell('/search', { price: '0.2', by: 'upto' }, (_request, charge) => {
    charge('0.001858')
    return new Response('found')
  })
  const { bursar, key, address } = await fundWallet(stack, { verify: 'chain' })
  await chain.fundGas(address)
  const account = privateKeyToAccount(key)
  const client = createWalletClient({ account, transport: http(chain.rpcUrl) })
  const call = { address: chain.usdc, abi: erc20Abi, functionName: 'approve', chain: null } as const
  const hash = await client.writeContract({ ...call, args: [PERMIT2, 2n ** 256n - 1n] })
  await chain.awaitReceipt(hash)
  const response = await bursar.fetch(`${gateway.url}/search`)
  expect([response.status, await response.text()]).toEqual([200, 'found'])
  expect(bursar.receiptOf(response)).toMatchObject({ moneyState: 'settled', amount: '0.001858', most: '0.2' })
  expect(await chain.balanceOf(address)).toBe(9_998_142n)
})

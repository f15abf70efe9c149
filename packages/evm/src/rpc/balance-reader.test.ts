import { BASE, type JsonObject } from '@bursar/core'
import { encodeFunctionData, erc20Abi } from 'viem'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { expect, it } from 'vitest'
import { createEvmPayer } from '../index.js'

const key = generatePrivateKey()
const { address } = privateKeyToAccount(key)

/** A payer whose node gives the same answer to every question about a balance. */
function payerOn(answer: unknown) {
  const calls: { readonly method: string; readonly params?: unknown }[] = []
  const request = async (call: { readonly method: string; readonly params?: unknown }) => {
    calls.push(call)
    return call.method === 'eth_chainId' ? '0x2105' : answer
  }
  const { balances } = createEvmPayer({ account: key, transports: { [BASE]: { request } } })
  const callsOf = (method: string) => calls.filter((call) => call.method === method)
  return { balances, callsOf }
}

it('asks for USDC with the bytes that viem encodes', async () => {
  const { balances, callsOf } = payerOn(`0x${'0'.repeat(58)}0f4240`)
  expect(await balances.readUsdc(BASE)).toBe(1_000_000n)
  const data = encodeFunctionData({ abi: erc20Abi, functionName: 'balanceOf', args: [address] })
  const to = '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913'
  expect(callsOf('eth_call')).toMatchObject([{ params: [{ to, data }, 'latest'] }])
})

it('reads the largest balance there can be, and none', async () => {
  expect(await payerOn(`0x${'f'.repeat(64)}`).balances.readUsdc(BASE)).toBe(2n ** 256n - 1n)
  expect(await payerOn('0x0').balances.readGas(BASE)).toBe(0n)
})

it.each<[unknown]>([
  ['0x'],
  [`0x${'0'.repeat(63)}`],
  [`0x${'0'.repeat(65)}`],
  [null],
  [7],
  [{} satisfies JsonObject]
])('takes %j for an outage, and never for an amount of USDC', async (answer) => {
  await expect(payerOn(answer).balances.readUsdc(BASE)).rejects.toMatchObject({ code: 'rpc/unavailable' })
})

it.each<[unknown]>([['0x'], ['12'], [`0x${'f'.repeat(65)}`], [null], [7]])(
  'takes %j for an outage, and never for an amount of gas',
  async (answer) => {
    await expect(payerOn(answer).balances.readGas(BASE)).rejects.toMatchObject({ code: 'rpc/unavailable' })
  }
)

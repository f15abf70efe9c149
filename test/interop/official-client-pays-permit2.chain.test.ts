import { BASE } from '@bursar/core'
import { ExactEvmScheme } from '@x402/evm/exact/client'
import { UptoEvmScheme } from '@x402/evm/upto/client'
import { wrapFetchWithPaymentFromConfig } from '@x402/fetch'
import { privateKeyToAccount } from 'viem/accounts'
import { expect, it } from 'vitest'
import { fundWallet, useStack } from '../stack.js'

const stack = useStack()

it('X103: the official client pays the gateway by Permit2 and by upto, with a permit and without gas', async () => {
  const { gateway, chain } = stack
  const { key, address } = await fundWallet(stack)
  const signer = privateKeyToAccount(key)
  const options = { rpcUrl: chain.rpcUrl }
  const payingFetch = wrapFetchWithPaymentFromConfig(fetch, {
    schemes: [
      { network: BASE, client: new ExactEvmScheme(signer, options) },
      { network: BASE, client: new UptoEvmScheme(signer, options) }
    ]
  })
  gateway.sell('/exact', { price: '0.01', by: 'permit2', sponsored: true }, () => new Response('sold'))
  gateway.sell('/upto', { price: '0.5', by: 'upto', sponsored: true }, (_request, charge) => {
    charge('0.001858')
    return new Response('sold')
  })
  const before = await chain.balanceOf(address)
  for (const [path, taken] of [
    ['exact', 10_000n],
    ['upto', 11_858n]
  ] as const) {
    const response = await payingFetch(`${gateway.url}/${path}`)
    expect([response.status, await response.text()]).toEqual([200, 'sold'])
    expect(await chain.balanceOf(address)).toBe(before - taken)
  }
})

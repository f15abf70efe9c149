import { parseUsdc } from '@bursar/core'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { expect, it } from 'vitest'
import { fundWallet, useStack } from '../stack.js'
import { startShop } from './express-shop.js'
import { recordingFetch } from './recording-fetch.js'

const stack = useStack()

it('an official server that asks another price by now is paid that one, and the refused payment stays out', async () => {
  const payTo = privateKeyToAccount(generatePrivateKey()).address
  let price = '$0.01'
  const accepts = { scheme: 'exact', network: 'eip155:8453', payTo, price: () => price } as const
  const origin = await startShop(stack.chain, {
    routes: () => ({ 'GET /report': { accepts, description: 'A report', mimeType: 'text/plain' } }),
    handler: (_request, response) => void response.send('sold')
  })
  const { paid, fetching } = recordingFetch()
  const { bursar } = await fundWallet(stack, { fetch: fetching, offers: 'remember' })
  await (await bursar.fetch(`${origin}/report`)).text()
  price = '$0.02'
  expect(await (await bursar.fetch(`${origin}/report`)).text()).toBe('sold')
  expect(paid).toEqual([false, true, true, true])
  expect(await stack.chain.balanceOf(payTo)).toBe(parseUsdc('0.03'))
  expect(await bursar.outstanding()).toMatchObject([
    { state: 'sent', offer: { amountAtomic: parseUsdc('0.01') } }
  ])
})

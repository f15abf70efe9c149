import { expect, it } from 'vitest'
import { fundWallet, useStack } from '../stack.js'
import { startOfficialServer } from './official-server.js'

const stack = useStack()
const PAYEE = '0x00000000000000000000000000000000000b0b05'

it('the official facilitator verifies and settles what Bursar signs, and Bursar reads its receipt', async () => {
  const { url } = await startOfficialServer(stack.chain, { payTo: PAYEE, amount: '12345' })
  const { address, bursar } = await fundWallet(stack)
  const response = await bursar.fetch(url)
  expect([response.status, await response.text()]).toEqual([200, 'official'])
  const [used] = await stack.chain.authorizationsUsed(address)
  expect(used).toMatchObject({ amountAtomic: 12_345n, transaction: bursar.receiptOf(response)?.transaction })
  expect(bursar.receiptOf(response)).toMatchObject({ moneyState: 'settled', amount: '0.012345' })
  expect(await stack.chain.balanceOf(PAYEE)).toBe(12_345n)
})

import { expect, it } from 'vitest'
import { openShop } from '../test/prepaid-shop.js'

it('a prepaid balance that a call or a look finds too low is told once, with the service that keeps it', async () => {
  const { bursar, balance, call, server } = await openShop({ paying: { lowBalance: { prepaid: '0.5' } } })
  const told: object[] = []
  bursar.on('balance-low', (event) => told.push(event))
  await balance.topUp('1')
  await call()
  await expect.poll(() => told.length, { timeout: 30_000 }).toBe(1)
  expect(told[0]).toMatchObject({
    ...{ amount: '0.1', below: '0.5', host: new URL(server.url).host },
    ...{ network: balance.network, account: await balance.address() }
  })
  await balance.topUp('1')
  await balance.balance()
  await call()
  await balance.balance()
  await expect.poll(() => told.length, { timeout: 30_000 }).toBe(2)
})

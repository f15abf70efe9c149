import { createBursar } from 'bursar'
import { expect, onTestFinished } from 'vitest'
import { breakingFacilitator } from './mcp-sellers/breaking-facilitator.js'
import { payOverHttp, payOverStdio } from './mcp-sellers/connect.js'
import { ATOMIC_PRICE, sellerConfig, sellerTest as test } from './sellers/seller-test.js'
import { startChild } from './sellers/start-child.js'

const limits = { payment: '0.05', total: '1' }

test('X148, X154: a server that is started by a command is paid, and known by that command', async ({
  stack,
  wallets,
  facilitator
}) => {
  const payee = await stack.newWallet('0')
  const bursar = createBursar({ ...wallets.options, limits, verify: 'chain' })
  onTestFinished(() => bursar.close())
  const client = await payOverStdio(
    bursar,
    'official',
    sellerConfig(stack, { facilitator, payee, version: 2 })
  )
  for (const name of ['base', 'solana'])
    expect(bursar.receiptOf(await client.callTool({ name, arguments: {} }))).toMatchObject({
      moneyState: 'settled'
    })
  for await (const { origin } of bursar.history())
    expect(origin).toMatch(/^https:\/\/\w{32}\.stdio\.invalid$/)
  expect(await payee.base?.balance()).toBe(ATOMIC_PRICE)
  expect(await payee.solana?.balance()).toBe(ATOMIC_PRICE)
})

test('X142, X156: where the facilitator settles and says nothing, the server asks again, and is paid once', async ({
  stack,
  wallets,
  facilitator
}) => {
  const payee = await stack.newWallet('0')
  const breaking = await breakingFacilitator(facilitator)
  const config = sellerConfig(stack, { facilitator: breaking, payee, version: 2 })
  const seller = await startChild('../mcp-sellers/official', config)
  onTestFinished(seller.stop)
  const bursar = createBursar({ ...wallets.options, limits })
  onTestFinished(() => bursar.close())
  const client = await payOverHttp(bursar, `${seller.url}/mcp`)
  for (const name of ['base', 'solana'])
    for (let times = 0; times < 2; times++)
      await expect(client.callTool({ name, arguments: {} })).rejects.toMatchObject({
        code: 'payment/refused',
        moneyState: 'settled'
      })
  expect(await payee.base?.balance()).toBe(ATOMIC_PRICE)
  expect(await payee.solana?.balance()).toBe(ATOMIC_PRICE)
})

test('X143, X156: a tool that fails takes nothing, its payment is held, and a free tool costs nothing', async ({
  stack,
  wallets,
  facilitator
}) => {
  const payee = await stack.newWallet('0')
  const config = sellerConfig(stack, { facilitator, payee, version: 2 })
  const seller = await startChild('../mcp-sellers/official', config)
  onTestFinished(seller.stop)
  const bursar = createBursar({ ...wallets.options, limits })
  onTestFinished(() => bursar.close())
  const client = await payOverHttp(bursar, `${seller.url}/mcp`)
  const failed = await client.callTool({ name: 'failing', arguments: {} })
  expect(failed).toMatchObject({ isError: true, content: [{ text: 'no such day' }] })
  expect(bursar.receiptOf(failed)).toMatchObject({ moneyState: 'sent' })
  expect(await bursar.outstanding()).toHaveLength(1)
  const free = await client.callTool({ name: 'free', arguments: {} })
  expect(bursar.receiptOf(free)).toBeUndefined()
  expect(await payee.base?.balance()).toBe(0n)
})

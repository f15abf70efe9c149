import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { systemClock } from '@bursar/core'
import { expect, it, onTestFinished } from 'vitest'
import { fundWallet, useStack } from './stack.js'

const stack = useStack()

/** A wallet on a machine whose clock is so many seconds ahead of all others. */
const aheadBy = (seconds: number) =>
  fundWallet(stack, { clock: { ...systemClock, nowMs: () => Date.now() + seconds * 1000 } })

const report = () => `${stack.gateway.url}/standard/v2/report`

it.each([
  [-400, 'behind'],
  [900, 'ahead of']
])('X119: nothing is signed where this clock is %s s off the chain’s', async (seconds, side) => {
  const { bursar, address } = await aheadBy(seconds)
  const words = new RegExp(`this machine’s clock is \\d+ s ${side} the chain’s`)
  await expect(bursar.fetch(report())).rejects.toMatchObject({
    code: 'offer/none-usable',
    moneyState: 'none',
    message: expect.stringMatching(words)
  })
  const { offers } = await bursar.quote(report())
  expect(offers[0]?.rejection?.message).toMatch(words)
  for await (const purchase of bursar.history()) expect(purchase).toBeUndefined()
  expect(await stack.chain.authorizationsUsed(address)).toEqual([])
})

it.each([-200, 500])('X119: a clock that is %s s off is made up for, and pays once', async (seconds) => {
  const { bursar, address } = await aheadBy(seconds)
  expect((await bursar.fetch(report())).status).toBe(200)
  expect(await stack.chain.authorizationsUsed(address)).toHaveLength(1)
})

it('X119: a seller whose own clock is wrong is paid, since the chain’s is right', async () => {
  const { bursar, address } = await fundWallet(stack)
  const seller = createServer(async ({ headers, method }, response) => {
    const given = {
      method: method ?? '',
      headers: { 'payment-signature': String(headers['payment-signature']) }
    }
    const paid = headers['payment-signature'] ? given : {}
    const answer = await fetch(report(), paid)
    for (const [name, value] of answer.headers)
      if (name.startsWith('payment-')) response.setHeader(name, value)
    response.setHeader('date', new Date(Date.now() + 3_600_000).toUTCString())
    response.writeHead(answer.status).end()
  })
  onTestFinished(() => void seller.close())
  await new Promise<void>((resolve) => seller.listen(0, '127.0.0.1', resolve))
  const { port } = seller.address() as AddressInfo
  expect((await bursar.fetch(`http://127.0.0.1:${port}/`)).status).toBe(200)
  expect(await stack.chain.authorizationsUsed(address)).toHaveLength(1)
})

import { systemClock } from '@bursar/core'
import { memoryLedger } from '@bursar/ledger'
import { describe, expect, it } from 'vitest'
import { openShop } from '../test/prepaid-shop.js'

const topUp = { amount: '1', perDay: '5', creditWaitMs: 1_500 }
/** More than a list shows on a page, or on ten of them. */
const CALLS = 600

/** A balance that was topped up, and spent by cheap calls, each of which the service lists above the top-up. */
async function openSpent(dates: boolean) {
  let aheadMs = 0
  const clock = { ...systemClock, nowMs: () => Date.now() + aheadMs }
  const shop = await openShop({ topUp, ledger: memoryLedger({ clock }), paying: { clock } })
  const { server, payer, call } = shop
  server.behaviour.dates = dates
  server.behaviour.price = '0.001'
  await call()
  for (let count = 0; count < CALLS; count++)
    server.movements.push({
      ...{ wallet: payer.wallet, type: 'debit', amount: '0.001' },
      ...(dates ? { at: new Date().toISOString() } : {})
    })
  server.behaviour.price = '0.9'
  const later = (ms: number): void => {
    aheadMs += ms
  }
  return { ...shop, later }
}

describe('a balance that many calls have spent since it was topped up', () => {
  it.each([true, false])(
    'is topped up again by the process that saw its credit (dates: %s)',
    async (dates) => {
      const { call, server, payer } = await openSpent(dates)
      expect(await call()).toEqual({ said: 'hello' })
      expect(payer.signed).toHaveLength(2)
      // The list is read for the new top-up alone.
      expect(server.arrivals.filter((arrival) => arrival.includes('/movements/')).length).toBeLessThan(5)
    }
  )

  it.each([true, false])(
    'is topped up again by a process that was started since (dates: %s)',
    async (dates) => {
      const { open, server, payer } = await openSpent(dates)
      const answer = await open().fetch(`${server.url}/call`)
      expect(await answer.json()).toEqual({ said: 'hello' })
      expect(payer.signed).toHaveLength(2)
    }
  )

  it('is topped up a day later where the list reaches back no longer, since nothing tells of the credit', async () => {
    const { open, server, payer, later } = await openSpent(true)
    server.movements.splice(0, 100)
    server.behaviour.price = '0.001'
    const { fetch } = open()
    await expect(fetch(`${server.url}/call`)).rejects.toMatchObject({
      code: 'balance/insufficient',
      moneyState: 'none',
      context: { reason: expect.stringContaining('nothing shows whether it was credited') }
    })
    expect(payer.signed).toHaveLength(1)
    later(86_400_000)
    const answer = await fetch(`${server.url}/call`)
    expect(await answer.json()).toEqual({ said: 'hello' })
    expect(payer.signed).toHaveLength(2)
  })
})

it('a credit that comes late is waited for where the list holds nothing older than the top-up', async () => {
  const { server, payer, call } = await openShop({ topUp: { ...topUp, creditWaitMs: 30_000 } })
  server.behaviour.dates = true
  server.credit(payer.wallet, '0.001', 'a gift')
  const credit = server.credit.bind(server)
  server.credit = (...credited) => void setTimeout(() => credit(...credited), 600)
  expect(await call()).toEqual({ said: 'hello' })
  expect(payer.signed).toHaveLength(1)
})

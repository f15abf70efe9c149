import { systemClock } from '@bursar/core'
import { memoryLedger } from '@bursar/ledger'
import { expect, it } from 'vitest'
import { openShop } from '../test/prepaid-shop.js'

const HOUR_MS = 3_600_000

/** A rule's top-up by a clock that was an hour ahead, and is set right now. */
async function openAhead(topUp: { readonly cooldownMs?: number } = {}) {
  let aheadMs = HOUR_MS
  const clock = { ...systemClock, nowMs: () => Date.now() + aheadMs }
  const shop = await openShop({
    topUp: { amount: '1', perDay: '5', creditWaitMs: 1_500, ...topUp },
    ledger: memoryLedger({ clock }),
    paying: { clock }
  })
  expect(await shop.call()).toEqual({ said: 'hello' })
  aheadMs = 0
  return shop
}

it('a balance is topped up again where the last top-up seems to come from the future', async () => {
  const { call, payer } = await openAhead()
  for (let count = 0; count < 2; count++) expect(await call()).toEqual({ said: 'hello' })
  expect(payer.signed).toHaveLength(3)
})

it('a pause that was asked for is kept then', async () => {
  const { call, payer } = await openAhead({ cooldownMs: 60_000 })
  await expect(call()).rejects.toMatchObject({
    context: { reason: 'the last top-up was less than 60000 ms ago' }
  })
  expect(payer.signed).toHaveLength(1)
})

it('calls that fall short at once wait for one top-up all the same', async () => {
  const { call, payer, server } = await openAhead()
  server.behaviour.price = '0.2'
  expect(await Promise.all([call(), call(), call(), call()])).toHaveLength(4)
  expect(payer.signed).toHaveLength(2)
})

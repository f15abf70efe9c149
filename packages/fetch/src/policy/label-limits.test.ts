import { atomicUsdc } from '@bursar/core'
import { memoryLedger } from '@bursar/ledger'
import { expect, it } from 'vitest'
import { paying, rejection } from '../../test/paying.js'
import { challenge, offer, serve, settle } from '../../test/scripted-server.js'
import { createAccountMeter } from '../account-meter.js'

const selling = () =>
  serve((arrival, response) =>
    arrival.payment === undefined ? challenge(response, [{ ...offer, amount: '10000' }]) : settle(response)
  )

it.each(['constructor', 'toString', '__proto__'])(
  'M19: a label that is called like what every object has, %s, has a budget for the calls without it',
  async (name) => {
    const server = await selling()
    const perLabel = JSON.parse(`{"${name}":{"total":"0.02"}}`)
    const { bursar, payer } = paying({ limits: { payment: '1', perLabel } })
    await Promise.allSettled(Array.from({ length: 5 }, () => bursar.fetch(server.url)))
    expect(payer.signed).toHaveLength(2)
  }
)

it('M19: no call is left out of the budgets of labels by the label of top-ups, which is Bursar’s own', async () => {
  const server = await selling()
  const limits = { payment: '1', perLabel: { agent: { total: '0.02' } } }
  const { bursar, payer } = paying({ limits })
  const labels = { 'top-up': 'x' }
  const message = 'bursar.labels["top-up"] is Bursar\'s own label'
  for (const call of [bursar.fetch, bursar.quote])
    expect(await rejection(call(server.url, { bursar: { labels } }))).toEqual(new TypeError(message))
  const meter = createAccountMeter({ ledger: memoryLedger(), limits })
  const call = { method: 'POST', url: new URL(server.url), maxCost: atomicUsdc(1n), labels }
  await expect(meter.open(call)).rejects.toThrow(TypeError)
  expect([payer.signed, server.arrivals]).toEqual([[], []])
})

import { inspect } from 'node:util'
import { expect, it } from 'vitest'
import { paying, rejection } from '../test/paying.js'
import { payable, serve } from '../test/scripted-server.js'

it('P27: a receipt can be written as JSON, cloned and printed, and shows no signature', async () => {
  const server = await serve(payable)
  const { bursar } = paying()
  const receipt = bursar.receiptOf(await bursar.fetch(server.url))
  expect(JSON.parse(JSON.stringify(receipt))).toMatchObject({ amount: '0.01', amountAtomic: '10000' })
  expect(structuredClone(receipt)).toEqual(receipt)
  expect(Object.isFrozen(receipt)).toBe(true)
  expect(inspect(receipt, { showHidden: true })).not.toContain('secret-signature')
  // What a purchase has not is not printed either, in the first lines that a newcomer sees.
  expect(Object.keys(receipt ?? {})).not.toEqual(
    expect.arrayContaining([expect.stringMatching(/^(?:isTest|most)$/)])
  )
})

it('P27, P28: a purchase, a recovery and a quote can be written as JSON, and show no signature', async () => {
  const server = await serve((arrival, response, index) =>
    arrival.payment ? void response.destroy() : payable(arrival, response, index)
  )
  const { bursar } = paying()
  const quote = await bursar.quote(server.url)
  await rejection(bursar.fetch(server.url, { bursar: { purchase: 'one' } }))
  const history = []
  for await (const purchase of bursar.history()) history.push(purchase)
  const held = [await bursar.outstanding(), history, [await bursar.find('one')], await bursar.recover()]
  expect(held.map((list) => list.length)).toEqual([1, 1, 1, 1])
  expect(JSON.stringify(quote)).toContain('"amountAtomic":"10000"')
  for (const [value] of held) {
    expect(JSON.stringify(value)).toContain('"amount":"0.01","')
    for (const text of [
      JSON.stringify(value),
      inspect(value, { depth: 9 }),
      inspect(structuredClone(value), { depth: 9 })
    ])
      expect(text).not.toContain('secret-signature')
  }
})

import { inspect } from 'node:util'
import { expect, it } from 'vitest'
import { paying } from '../test/paying.js'
import { payable, serve } from '../test/scripted-server.js'

it('P27: a receipt can be written as JSON, cloned and printed, and shows no signature', async () => {
  const server = await serve(payable)
  const { bursar } = paying()
  const receipt = bursar.receiptOf(await bursar.fetch(server.url))
  expect(JSON.parse(JSON.stringify(receipt))).toMatchObject({ amount: '0.01', amountAtomic: '10000' })
  expect(structuredClone(receipt)).toEqual(receipt)
  expect(Object.isFrozen(receipt)).toBe(true)
  expect(inspect(receipt, { showHidden: true })).not.toContain('secret-signature')
})

import { inspect } from 'node:util'
import { bursarParts } from '@bursar/core'
import { memoryLedger } from '@bursar/ledger'
import { expect, it } from 'vitest'
import { paying } from '../test/paying.js'
import { payable, serve } from '../test/scripted-server.js'
import { receiptOf } from './index.js'

it('a bursar is frozen, and each of its functions works by itself', async () => {
  const server = await serve(payable)
  const { bursar } = paying()
  expect(Object.isFrozen(bursar)).toBe(true)
  const { fetch, receiptOf: ofThis, find, history, outstanding } = bursar
  const response = await fetch(server.url, { bursar: { purchase: 'invoice-42' } })
  expect(ofThis(response)).toMatchObject({ moneyState: 'settled' })
  expect(await find('invoice-42')).toMatchObject({ id: ofThis(response)?.purchase })
  expect(await find('invoice-43')).toBeUndefined()
  expect(await outstanding()).toEqual([])
  for await (const { name } of history()) expect(name).toBe('invoice-42')
})

it('the receipt of an answer can be read by any bursar, and does not show where the answer is printed', async () => {
  const server = await serve(payable)
  const [one, other] = [paying(), paying()]
  const response = await one.bursar.fetch(server.url)
  expect(other.bursar.receiptOf(response)).toEqual(one.bursar.receiptOf(response))
  expect(receiptOf(response)).toMatchObject({ amount: '0.01' })
  expect(inspect(response)).not.toContain('moneyState')
})

it('prints nothing of its parts', () => {
  const { bursar } = paying({ ledger: memoryLedger() })
  expect(bursar[bursarParts]()).toHaveProperty('ledger')
  expect(inspect(bursar, { depth: 9, showHidden: true, getters: true })).not.toContain('ledger')
})

it('M18: lets services know how long a payment of this bursar can be resumed', () => {
  const resumableMs = (options: object): number => paying(options).bursar[bursarParts]().resumableMs
  expect(resumableMs({})).toBe(900_000)
  expect(resumableMs({ resumeWindowMs: 3_600_000, maxValiditySeconds: 120 })).toBe(3_720_000)
})

it('closes at the end of a block', async () => {
  let closed = 0
  const close = async () => void closed++
  const ledger = { ...memoryLedger(), close }
  {
    await using bursar = paying({ ledger }).bursar
    expect(await bursar.outstanding()).toEqual([])
  }
  expect(closed).toBe(1)
})

import { expect, it } from 'vitest'
import { paying, rejection } from '../../test/paying.js'
import { payable, serve } from '../../test/scripted-server.js'

it('a receipt that the chain contradicts is an error, which says what the chain knows of the money', async () => {
  const { url } = await serve(payable)
  const { bursar, payer, events } = paying({ verifyReceipt: async () => 'there is no such transaction' })
  expect(await rejection(bursar.fetch(url))).toMatchObject({
    code: 'receipt/contradicted',
    moneyState: 'sent',
    message: expect.stringContaining('there is no such transaction')
  })
  expect(events.map(({ type }) => type)).not.toContain('settled')
  payer.status = 'settled'
  expect(await rejection(bursar.fetch(`${url}/other`))).toMatchObject({
    code: 'receipt/contradicted',
    moneyState: 'settled'
  })
})

it('a receipt that the chain agrees with settles the payment', async () => {
  const { url } = await serve(payable)
  const { bursar } = paying({ verifyReceipt: async () => undefined })
  expect(bursar.receiptOf(await bursar.fetch(url))).toMatchObject({ moneyState: 'settled' })
})

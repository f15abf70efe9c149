import { describe, expect, it } from 'vitest'
import { paying, rejection } from '../test/paying.js'
import { payable, serve } from '../test/scripted-server.js'

describe('what a caller names', () => {
  it.each([{ purchase: '' }, { purchase: ' invoice-42' }, { purchase: 'invoice-42\n' }, { tenant: '' }])(
    '%o is no name: an unset variable, or a blank, would make it another purchase',
    async (bursar) => {
      const server = await serve(payable)
      const { bursar: it, payer } = paying()
      expect(await rejection(it.fetch(server.url, { bursar }))).toMatchObject({
        name: 'TypeError',
        message: expect.stringMatching(/must be text that is not empty, without blanks around it/)
      })
      expect(payer.signed).toEqual([])
    }
  )

  it('is found by the same rule', async () => {
    await expect(paying().bursar.find('')).rejects.toThrow(/^find: the name must be text/)
  })
})

it('a freeze without a reason is an error, and ends no freeze', async () => {
  const server = await serve(payable)
  const { bursar } = paying()
  await bursar.freeze('the key may be known')
  const freeze = bursar.freeze as (reason?: string) => Promise<void>
  await expect(freeze()).rejects.toThrow('freeze: the reason must be text that is not empty')
  expect(await rejection(bursar.fetch(server.url))).toMatchObject({ code: 'ledger/frozen' })
})

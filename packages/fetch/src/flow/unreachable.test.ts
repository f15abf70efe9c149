import { bursarErrorOf, isBursarError } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { paying, rejection } from '../../test/paying.js'
import { challenge, serve } from '../../test/scripted-server.js'

const nobody = 'http://127.0.0.1:1/'

describe('a host that cannot be reached', () => {
  it('is what fetch throws, with the money state found along its cause', async () => {
    const { bursar } = paying()
    for (const error of [await rejection(bursar.fetch(nobody)), await rejection(bursar.quote(nobody))]) {
      expect(error).toMatchObject({ name: 'TypeError', message: 'fetch failed' })
      expect(isBursarError(error, 'request/unreachable')).toBe(true)
      expect(bursarErrorOf(error)).toMatchObject({
        moneyState: 'none',
        message: '127.0.0.1:1 cannot be reached (ECONNREFUSED). Nothing was paid.',
        context: { host: '127.0.0.1:1' }
      })
    }
  })

  it.each(['authorization', 'x-api-key', 'x-sign-in-with-x'])(
    'may have charged the account that a request names, once the request was sent: %s',
    async (name) => {
      const server = await serve((_, response) => void response.socket?.destroy())
      const { bursar } = paying()
      const headers = { [name]: 'a-key' }
      const cut = bursarErrorOf(await rejection(bursar.fetch(server.url, { headers })))
      expect(cut).toMatchObject({
        moneyState: 'unknown',
        message: expect.stringMatching(/not known\.$/)
      })
      expect(String(cut)).not.toContain('a-key')
      expect(bursarErrorOf(await rejection(bursar.fetch(server.url)))).toMatchObject({ moneyState: 'none' })
      expect(bursarErrorOf(await rejection(bursar.fetch(nobody, { headers })))).toMatchObject({
        moneyState: 'none'
      })
    }
  )
})

it('a confirm that fails declines: nothing is signed, and its error is the cause', async () => {
  const server = await serve((_, response) => challenge(response))
  const { bursar, payer } = paying({
    confirm: () => {
      throw new RangeError('no terminal')
    }
  })
  expect(await rejection(bursar.fetch(server.url))).toMatchObject({
    code: 'offer/declined',
    moneyState: 'none',
    message: expect.stringMatching(/^confirm failed, and was asked to pay 0\.01 USDC/),
    cause: { name: 'RangeError' }
  })
  expect(payer.signed).toEqual([])
})

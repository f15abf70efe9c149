import { describe, expect, it } from 'vitest'
import { paying, rejection } from '../../test/paying.js'
import { challengeOf } from '../../test/scripted-server.js'

describe('M26: a host with a dot at its end, or in capitals,', () => {
  const asks = async (): Promise<Response> => Response.json(challengeOf(), { status: 402 })
  const spellings = ['pay.test', 'PAY.test', 'pay.test.', 'Pay.Test..']

  it.each(spellings)('is the one that a limit names as %s', async (name) => {
    const { bursar, payer } = paying({
      fetch: asks,
      limits: { payment: '1', hosts: { [name]: { payment: '0.001' } } }
    })
    for (const spelling of spellings)
      expect(await rejection(bursar.fetch(`https://${spelling}/a`))).toMatchObject({
        code: 'offer/over-limit',
        context: { limit: 'hosts pay.test payment' }
      })
    expect(payer.signed).toEqual([])
  })

  it.each(spellings)('is the one that allow.hosts names as %s, and no other', async (name) => {
    const { bursar } = paying({ fetch: asks, allow: { hosts: [name] }, limits: { payment: '0.001' } })
    for (const spelling of spellings)
      expect(await rejection(bursar.fetch(`https://${spelling}/a`))).toMatchObject({
        code: 'offer/over-limit'
      })
    expect(await rejection(bursar.fetch('https://xpay.test/a'))).toMatchObject({
      code: 'request/host-refused'
    })
  })
})

import { expect, it } from 'vitest'
import { paying, rejection } from '../../test/paying.js'
import { challenge, offer, serve, settle } from '../../test/scripted-server.js'
import { BASE, offerOn, POLYGON } from '../../test/selling.js'

it('an offer whose payee is another than before is passed over for the next, which keeps its payee', async () => {
  let payTo = offer.payTo
  const server = await serve((arrival, response) =>
    arrival.payment ? settle(response) : challenge(response, [offerOn(BASE, { payTo }), offerOn(POLYGON)])
  )
  const { bursar, payer } = paying({ allow: { payees: 'pin' } })
  const networkOf = async (path: string) =>
    bursar.receiptOf(await bursar.fetch(`${server.url}${path}`))?.network
  expect(await networkOf('/a')).toBe(BASE)
  payTo = `0x${'9'.repeat(40)}`
  expect(await networkOf('/b')).toBe(POLYGON)
  const { offers } = await bursar.quote(server.url)
  expect(offers.map(({ rejection }) => rejection?.code)).toEqual(['offer/payee-refused', undefined])
  expect(payer.signed.map(({ payTo: paid }) => paid)).not.toContain(payTo)
})

it('readies no payment to a host that is not allowed', async () => {
  const server = await serve((_, response) => challenge(response))
  const { bursar, payer } = paying({ allow: { hosts: ['allowed.example'] } })
  expect(await rejection(bursar.fetch(server.url))).toMatchObject({
    code: 'request/host-refused',
    moneyState: 'none'
  })
  expect([payer.prepared, payer.signed.length]).toEqual([0, 0])
})

import { encodeHeader } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { paying, rejection } from '../../test/paying.js'
import {
  type Arrival,
  challenge,
  challengeOf,
  offer,
  receiptHeader,
  serve,
  settle
} from '../../test/scripted-server.js'

const facilitatorAddress = `0x${'4'.repeat(40)}`
const decode = (text = ''): Record<string, unknown> => JSON.parse(Buffer.from(text, 'base64').toString())
const sentBy = ({ payment }: Arrival) => decode(payment)
const ticket = (info: string) => ({ extensions: { ticket: { info } } })

/** Takes a payment only with the ticket of the challenge before it, as a seller does whose challenges go stale. */
async function staleSeller(changes: object = {}) {
  let issued = 0
  return serve((arrival, response) => {
    const isStale = issued < 2
    if (arrival.payment && !isStale) return settle(response)
    issued++
    challenge(response, [{ ...offer, ...(issued > 1 ? changes : {}) }], ticket(`number ${issued}`))
  })
}

describe('X70: a refusal with the same terms and a fresh challenge', () => {
  it('gets the same authorization in the new envelope', async () => {
    const seller = await staleSeller()
    const { bursar, payer, events } = paying()
    const response = await bursar.fetch(seller.url)
    expect(response.status).toBe(200)
    expect(payer.signed).toHaveLength(1)
    const [first, second, ...more] = seller.paid().map(sentBy)
    expect(more).toEqual([])
    expect([first?.extensions, second?.extensions]).toEqual(
      ['number 1', 'number 2'].map((each) => ticket(each).extensions)
    )
    expect(second?.payload).toEqual(first?.payload)
    expect(events.map(({ type }) => type).filter((type) => type.includes('sent'))).toEqual(['sent', 'resent'])
  })

  it('gets it once', async () => {
    let issued = 0
    const seller = await serve((_, response) => challenge(response, [offer], ticket(`number ${++issued}`)))
    const { bursar, payer } = paying()
    expect(await rejection(bursar.fetch(seller.url))).toMatchObject({ code: 'payment/refused' })
    expect([payer.signed.length, seller.paid().length]).toEqual([1, 2])
  })

  it.each([
    ['amount', { amount: '20000' }],
    ['payee', { payTo: `0x${'3'.repeat(40)}` }],
    ['network', { network: 'eip155:84532', asset: '0x036CbD53842c5426634e7929541eC2318f3dCF7e' }],
    ['token', { asset: '0x60a3E35Cc302bFA44Cb288Bc5a4F316Fdb1adb42', extra: { name: 'EURC', version: '2' } }],
    ['scheme', { scheme: 'upto', extra: { assetTransferMethod: 'permit2', facilitatorAddress } }]
  ])('stops where the %s is another', async (_what, changes) => {
    const seller = await staleSeller(changes)
    const { bursar, payer } = paying({ rates: { EURC: '1' } })
    expect(await rejection(bursar.fetch(seller.url))).toMatchObject({ code: 'payment/refused' })
    expect([payer.signed.length, seller.paid().length]).toEqual([1, 1])
  })

  it.each([
    ['nothing is new', () => ({})],
    ['only a sign-in is new', (issued: number) => ({ extensions: { 'sign-in-with-x': { nonce: issued } } })]
  ])('sends nothing again where %s', async (_what, more) => {
    let issued = 0
    const seller = await serve((_, response) => challenge(response, [offer], more(++issued)))
    const { bursar } = paying()
    expect(await rejection(bursar.fetch(seller.url))).toMatchObject({ code: 'payment/refused' })
    expect(seller.paid()).toHaveLength(1)
  })

  it.each<[string, number, object]>([
    ['an answer that is no 402', 500, {}],
    [
      'a 402 that says how the settlement failed',
      402,
      { 'PAYMENT-RESPONSE': receiptHeader({ success: false }) }
    ]
  ])('sends nothing again after %s', async (_what, status, headers) => {
    const fresh = encodeHeader(challengeOf([offer], ticket('number 2')))
    const seller = await serve(({ payment }, response) =>
      payment
        ? void response.writeHead(status, { 'PAYMENT-REQUIRED': fresh, ...headers }).end()
        : challenge(response, [offer], ticket('number 1'))
    )
    const { bursar } = paying()
    expect(await rejection(bursar.fetch(seller.url))).toMatchObject({ moneyState: 'sent' })
    expect(seller.paid()).toHaveLength(1)
  })
})

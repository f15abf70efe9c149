import { describe, expect, it } from 'vitest'
import { paying, rejection } from '../../test/paying.js'
import { challenge, offer, serve, settle } from '../../test/scripted-server.js'

const toBase64Url = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** A charge of MPP, as one challenge of the header. */
function mppCharge(method: string, methodDetails: object): string {
  const { amount, asset: currency, payTo: recipient } = offer
  const request = toBase64Url({ amount, currency, methodDetails, recipient })
  const expires = 'expires="2126-11-28T10:05:00Z"'
  return `Payment id="abc", realm="api.example.com", method="${method}", intent="charge", request="${request}", ${expires}`
}

const details = { chainId: 8453, decimals: 6 }
const authorization = mppCharge('evm', { ...details, credentialTypes: ['authorization'] })
const problem = { type: 'https://paymentauth.org/problems/payment-required', status: 402 }

describe('MPP, which is another protocol,', () => {
  it.each<[string, string | string[]]>([
    ['X157: a charge that one authorization would pay', authorization],
    [
      'X158: a charge with splits',
      mppCharge('evm', { ...details, credentialTypes: ['authorization'], splits: [] })
    ],
    ['X160: of other credentials', mppCharge('evm', { ...details, credentialTypes: ['permit2', 'hash'] })],
    ['X160: of other money', [mppCharge('tempo', {}), mppCharge('stripe', {})]],
    ['X161: a charge that has expired', authorization.replace('2126', '2025')]
  ])('goes back as it came, unpaid, with nothing signed: %s', async (_, header) => {
    const server = await serve((__, response) => {
      response.writeHead(402, { 'www-authenticate': header, 'content-type': 'application/problem+json' })
      response.end(JSON.stringify(problem))
    })
    const { bursar, payer } = paying()
    const response = await bursar.fetch(server.url)
    expect([response.status, await response.json()]).toEqual([402, problem])
    expect(response.headers.get('www-authenticate')).toBe([header].flat().join(', '))
    expect([payer.signed, server.arrivals.length]).toEqual([[], 1])
    expect(await bursar.outstanding()).toEqual([])
  })

  it('X159: is left alone where the server speaks x402 too, which is what is paid, once', async () => {
    const server = await serve(({ payment }, response) => {
      response.setHeader('www-authenticate', authorization)
      return payment ? settle(response) : challenge(response, [offer], { extensions: { mppx: {} } })
    })
    const { bursar, payer } = paying()
    const response = await bursar.fetch(server.url)
    expect(bursar.receiptOf(response)).toMatchObject({ moneyState: 'settled' })
    expect([payer.signed.length, server.paid().length]).toEqual([1, 1])
    expect(server.arrivals.map(({ headers }) => headers.authorization)).toEqual([undefined, undefined])
  })
})

const batch = {
  ...offer,
  scheme: 'batch-settlement',
  extra: {
    name: 'x402 Batch Settlement',
    version: '1',
    receiverAuthorizer: offer.payTo,
    withdrawDelay: 900,
    minDeposit: '100000'
  }
}
const solana = {
  ...offer,
  scheme: 'upto',
  network: 'solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp',
  asset: 'EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v',
  payTo: 'EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v'
}

describe.each<[string, object, string]>([
  ['X162, X163, X164, X165: a batch settlement, whose deposit would be locked,', batch, 'batch-settlement'],
  ['X166: an auth-capture', { ...offer, scheme: 'auth-capture' }, 'auth-capture'],
  ['X166: an upto on Solana', solana, 'upto'],
  ['X166: a scheme erc7710', { ...offer, scheme: 'erc7710' }, 'erc7710'],
  ['X166: a scheme that nobody knows', { ...offer, scheme: 'some-day' }, 'some-day']
])('%s', (_, other, name) => {
  it('is passed over by its name, and nothing is signed', async () => {
    const server = await serve((__, response) => challenge(response, [other]))
    const { bursar, payer } = paying()
    const error = await rejection(bursar.fetch(server.url))
    expect(error).toMatchObject({ code: 'offer/none-usable', moneyState: 'none' })
    expect(String(error)).toContain(`"${name}"`)
    expect([payer.signed, server.paid()]).toEqual([[], []])
  })

  it('does not keep a plain offer beside it from being paid', async () => {
    const server = await serve(({ payment }, response) =>
      payment ? settle(response) : challenge(response, [other, offer])
    )
    const { bursar, payer } = paying()
    expect((await bursar.fetch(server.url)).status).toBe(200)
    expect(payer.signed).toMatchObject([{ payload: expect.anything() }])
    expect(server.paid()).toHaveLength(1)
  })
})

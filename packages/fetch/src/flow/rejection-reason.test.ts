import type { ServerResponse } from 'node:http'
import { encodeHeader } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { paying, rejection } from '../../test/paying.js'
import { challenge, challengeOf, offer, serve } from '../../test/scripted-server.js'
import { StoppedClock } from '../../test/stopped-clock.js'

/** A server that asks to be paid, and answers the payment as the test says. */
const rejecting = (answer: (response: ServerResponse) => void) =>
  serve(({ payment }, response) => (payment ? answer(response) : challenge(response)))

/** The error of a call whose payment is answered so. */
async function errorOf(answer: (response: ServerResponse) => void): Promise<unknown> {
  const server = await rejecting(answer)
  return rejection(paying().bursar.fetch(server.url))
}

interface Answered {
  readonly status: number
  readonly headers?: Record<string, string>
  readonly body?: string
}

const failedReceipt = encodeHeader({ success: false, errorReason: 'from the receipt' })
const freshChallenge = encodeHeader(challengeOf([offer], { error: 'from the challenge' }))
const thirdweb = {
  ...challengeOf([offer], { error: 'insufficient_funds' }),
  errorMessage: 'The wallet holds too little',
  fundWalletLink: 'https://pay.example/fund'
}
const body = JSON.stringify({ error: { message: 'from the body' } })

describe('5.8: the reason of a refusal is in the error,', () => {
  it.each<[string, Answered, string | undefined]>([
    [
      'first from the receipt',
      {
        status: 402,
        headers: { 'payment-response': failedReceipt, 'payment-required': freshChallenge },
        body
      },
      'from the receipt'
    ],
    [
      'of v1 too',
      { status: 402, headers: { 'x-payment-response': failedReceipt }, body },
      'from the receipt'
    ],
    [
      'then from the challenge',
      { status: 402, headers: { 'payment-required': freshChallenge }, body },
      'from the challenge'
    ],
    ['then from a body without accepts', { status: 402, body }, 'from the body'],
    [
      'also beside a header that cannot be read',
      { status: 402, headers: { 'payment-required': '{' }, body },
      'from the body'
    ],
    [
      'X59: also from the body of thirdweb, which has no header beside it',
      { status: 402, body: JSON.stringify(thirdweb) },
      'insufficient_funds'
    ],
    ['of a server that failed', { status: 500, body }, 'from the body'],
    [
      'also from the receipt',
      { status: 503, headers: { 'payment-response': failedReceipt } },
      'from the receipt'
    ],
    ['at last from the status line', { status: 502, body: '<html>' }, 'Bad Gateway'],
    ['which says nothing of a 402', { status: 402, body: '<html>' }, undefined]
  ])('%s', async (_, { status, headers, body: text }, reason) => {
    const error = await errorOf((response) => void response.writeHead(status, headers).end(text))
    expect(error).toMatchObject({ context: { status, reason } })
    if (reason !== undefined) expect(String(error)).toContain(`(${reason})`)
  })

  it('and a body that never ends, or is longer than is read, says nothing and keeps no error waiting', async () => {
    const endless = await errorOf((response) => void response.writeHead(500).write('x'.repeat(300_000)))
    expect(endless).toMatchObject({ code: 'payment/failed', context: { reason: 'Internal Server Error' } })
  })

  it.each([
    ['invalid_exact_evm_nonce_already_used', 'X71'],
    ['invalid_exact_svm_transaction_simulation_failed', 'X72'],
    ['No matching payment requirements', 'X71'],
    ['permit2_payment_too_early', 'X88'],
    ['permit2_2612_amount_mismatch', 'X88'],
    ['upto_amount_exceeds_permitted', 'X88']
  ])('in the facilitator’s own word: %s (%s)', async (word) => {
    const header = encodeHeader(challengeOf([offer], { error: word }))
    const error = await errorOf(
      (response) => void response.writeHead(402, { 'payment-required': header }).end()
    )
    expect(error).toMatchObject({ code: 'payment/refused', moneyState: 'sent', context: { reason: word } })
  })
})

it('X68: a refusal of v1 after a payment proves nothing, though it looks like one before: the chain decides', async () => {
  const entry = {
    ...offer,
    network: 'base',
    maxAmountRequired: '10000',
    resource: 'http://x/',
    description: '',
    mimeType: ''
  }
  const refusal = { x402Version: 1, error: 'Failed to settle payment: x', accepts: [entry] }
  const server = await serve((_, response) => void response.writeHead(402).end(JSON.stringify(refusal)))
  const { bursar, payer } = paying()
  payer.status = 'settled'
  expect(await rejection(bursar.fetch(server.url))).toMatchObject({
    moneyState: 'settled',
    context: { reason: 'Failed to settle payment: x' }
  })
})

describe('X64: a 412 after a payment', () => {
  const wanted = encodeHeader(challengeOf([offer], { error: 'permit2_allowance_required' }))

  it('is a refusal where it has a challenge: the payment is out', async () => {
    const error = await errorOf(
      (response) => void response.writeHead(412, { 'payment-required': wanted }).end('{}')
    )
    expect(error).toMatchObject({
      code: 'payment/refused',
      moneyState: 'sent',
      context: { status: 412, reason: 'permit2_allowance_required' }
    })
  })

  it('is the caller’s own answer where it has none', async () => {
    const server = await rejecting((response) => void response.writeHead(412).end('changed since'))
    const response = await paying().bursar.fetch(server.url)
    expect([response.status, await response.text()]).toEqual([412, 'changed since'])
  })

  it('is handed back untouched before a payment', async () => {
    const server = await serve(
      (_, response) => void response.writeHead(412, { 'payment-required': wanted }).end('{}')
    )
    const { bursar, payer } = paying()
    expect((await bursar.fetch(server.url)).status).toBe(412)
    expect(payer.signed).toEqual([])
  })
})

describe('an advice names time', () => {
  // A Date header counts whole seconds.
  const clock = new StoppedClock(Math.floor(Date.now() / 1000) * 1000)
  const refusing = (error: string, skewSeconds: number) =>
    rejecting((response) => {
      const date = new Date(clock.nowMs() + skewSeconds * 1000).toUTCString()
      response.writeHead(402, { date }).end(JSON.stringify({ error }))
    })

  it.each([
    ['invalid_exact_evm_payload_authorization_valid_before', 400, 'is 400 s ahead of this machine’s'],
    ['rejected', -90, 'is 90 s behind this machine’s'],
    ['permit2_deadline_expired', 0, 'The reason names time']
  ])('where clocks differ, or the reason does: %s, %i s', async (reason, skew, said) => {
    const { url } = await refusing(reason, skew)
    expect(String(await rejection(paying({ clock }).bursar.fetch(url)))).toContain(said)
  })

  it('and nowhere else', async () => {
    const { url } = await refusing('insufficient_funds', 2)
    expect(String(await rejection(paying({ clock }).bursar.fetch(url)))).not.toMatch(/clock|time:/)
  })
})

import { BursarError } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { paying, rejection } from '../../test/paying.js'
import { challenge, payable, type Script, serve, settle } from '../../test/scripted-server.js'

const broken = async (): Promise<never> => {
  throw new TypeError('node down')
}

const outage = async (): Promise<never> => {
  throw new BursarError('rpc/unavailable', {
    message: 'No endpoint answers.',
    context: { network: 'eip155:8453', endpoints: 1, reasons: [] },
    moneyState: 'unknown'
  })
}

describe('M61: a verifyReceipt that throws', () => {
  it.each([
    ['a bug', broken, { cause: { name: 'TypeError' } }],
    ['an outage', outage, { cause: { code: 'rpc/unavailable' } }]
  ])(
    'because of %s leaves as an error of the payment, and the same call asks again',
    async (_, fails, more) => {
      const server = await serve(payable)
      let isDown = true
      const verifyReceipt = async (): Promise<undefined> => (isDown ? fails() : undefined)
      const { bursar, payer } = paying({ verifyReceipt })
      expect(await rejection(bursar.fetch(server.url))).toMatchObject({
        code: 'payment/outcome-unknown',
        moneyState: 'sent',
        context: { purchase: expect.stringMatching(/^p/), reference: payer.signed[0]?.reference },
        ...more
      })
      isDown = false
      const response = await bursar.fetch(server.url)
      expect(bursar.receiptOf(response)).toMatchObject({ resumed: true, moneyState: 'settled' })
      expect(payer.signed).toHaveLength(1)
    }
  )

  it('says that the payment settled where the chain says so', async () => {
    const server = await serve(payable)
    const { bursar, payer } = paying({ verifyReceipt: broken })
    payer.status = 'settled'
    expect(await rejection(bursar.fetch(server.url))).toMatchObject({
      code: 'payment/settled-answer-lost',
      moneyState: 'settled'
    })
  })
})

describe('M62: a payer whose getSettlementStatus throws', () => {
  const answers: readonly [what: string, script: Script][] = [
    ['is lost', (_, response) => void response.socket?.destroy()],
    ['is 402', (_, response) => challenge(response)],
    ['is 500', (_, response) => void response.writeHead(500).end()],
    ['contradicts its receipt', (_, response) => settle(response)]
  ]

  it.each(answers)('leaves the outcome unknown when the answer %s', async (what, script) => {
    const server = await serve((arrival, response, index) =>
      arrival.payment ? script(arrival, response, index) : challenge(response)
    )
    const isContradicted = what.startsWith('contradicts')
    const verifyReceipt = async () => (isContradicted ? 'another amount' : undefined)
    const { bursar, payer } = paying({ resend: { times: 0 }, verifyReceipt })
    payer.getSettlementStatus = broken
    expect(await rejection(bursar.fetch(server.url))).toMatchObject({
      code: expect.stringMatching(/^(?:payment|receipt)\//),
      moneyState: 'unknown',
      context: { purchase: expect.stringMatching(/^p/) }
    })
    expect(payer.signed).toHaveLength(1)
  })
})

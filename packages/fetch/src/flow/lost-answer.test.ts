import { encodeHeader, isBursarError } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { paying, rejection } from '../../test/paying.js'
import { breakOff, challenge, payable, type Script, serve } from '../../test/scripted-server.js'

const cut: Script = (_, response) => void response.socket?.destroy()

describe('when the answer to the payment is lost', () => {
  it('sends the same bytes again and pays once', async () => {
    let cuts = 2
    const server = await serve((arrival, response, index) => {
      if (arrival.payment && cuts-- > 0) return cut(arrival, response, index)
      return payable(arrival, response, index)
    })
    const { bursar, payer } = paying()
    const response = await bursar.fetch(server.url, { method: 'POST', body: 'x' })
    expect(await response.text()).toBe('paid')
    expect(payer.signed).toHaveLength(1)
    expect(new Set(server.paid().map(({ payment }) => payment)).size).toBe(1)
    expect(server.paid()).toHaveLength(3)
  })

  it.each([
    ['open', 'payment/outcome-unknown', 'sent'],
    ['settled', 'payment/settled-answer-lost', 'settled'],
    ['dead', 'payment/expired', 'none'],
    ['outage', 'payment/outcome-unknown', 'unknown']
  ] as const)('asks the chain at last: %s gives %s with the money %s', async (status, code, moneyState) => {
    const server = await serve((a, r, i) => (a.payment ? cut(a, r, i) : challenge(r)))
    const { bursar, payer } = paying()
    payer.status = status
    const error = await rejection(bursar.fetch(server.url))
    expect(error).toMatchObject({
      code,
      moneyState,
      context: { amount: '0.01', reference: payer.signed[0]?.reference }
    })
    expect(server.paid()).toHaveLength(3)
    expect(payer.signed).toHaveLength(1)
  })

  it('peers defect 2: callers that retry after a lost answer send one payment, not three', async () => {
    let alive = false
    const server = await serve((a, r, i) => (a.payment && !alive ? cut(a, r, i) : payable(a, r, i)))
    const { bursar, payer } = paying()
    for (let retry = 0; retry < 3; retry++) {
      const error = await rejection(bursar.fetch(server.url, { method: 'POST', body: 'same' }))
      expect(isBursarError(error, 'payment/outcome-unknown')).toBe(true)
    }
    alive = true
    const response = await bursar.fetch(server.url, { method: 'POST', body: 'same' })
    expect(bursar.receiptOf(response)).toMatchObject({ resumed: true, moneyState: 'settled' })
    expect(payer.signed).toHaveLength(1)
    expect(new Set(server.paid().map(({ payment }) => payment)).size).toBe(1)
  })

  it('resumes a lost payment for an equal call only: another body, or a spoken "again", pays again', async () => {
    const server = await serve((a, r, i) =>
      a.payment && a.body.toString() === 'lost' ? cut(a, r, i) : payable(a, r, i)
    )
    const { bursar, payer } = paying()
    await rejection(bursar.fetch(server.url, { method: 'POST', body: 'lost' }))
    await bursar.fetch(server.url, { method: 'POST', body: 'other' })
    expect(payer.signed).toHaveLength(2)
    await rejection(bursar.fetch(server.url, { method: 'POST', body: 'lost', bursar: { again: true } }))
    expect(payer.signed).toHaveLength(3)
  })

  it('keeps equal calls that are in flight together apart', async () => {
    const server = await serve(payable)
    const { bursar, payer } = paying()
    await Promise.all(Array.from({ length: 5 }, () => bursar.fetch(server.url)))
    expect(payer.signed).toHaveLength(5)
  })

  it('lets two retries resume two lost purchases, one each', async () => {
    let alive = false
    const server = await serve((a, r, i) => (a.payment && !alive ? cut(a, r, i) : payable(a, r, i)))
    const { bursar, payer } = paying({ resend: { times: 0 } })
    const both = (): Promise<unknown>[] => [bursar.fetch(server.url), bursar.fetch(server.url)]
    await Promise.allSettled(both())
    alive = true
    await Promise.all(both())
    expect(payer.signed).toHaveLength(2)
    expect(new Set(server.paid().map(({ payment }) => payment)).size).toBe(2)
  })

  it('pays again once the chain proves the lost authorization dead', async () => {
    let alive = false
    const server = await serve((a, r, i) => (a.payment && !alive ? cut(a, r, i) : payable(a, r, i)))
    const { bursar, payer } = paying({ resend: { times: 0 } })
    payer.validitySeconds = -1
    await rejection(bursar.fetch(server.url))
    payer.status = 'dead'
    alive = true
    await bursar.fetch(server.url)
    expect(payer.signed).toHaveLength(2)
  })

  it('takes the payment up again when the answer breaks off in the middle of its body', async () => {
    let broken = false
    const server = await serve((arrival, response, index) => {
      if (!arrival.payment || broken) return payable(arrival, response, index)
      broken = true
      const header = encodeHeader({ success: true, transaction: '0x1', network: 'eip155:8453' })
      breakOff(response.writeHead(200, { 'payment-response': header, 'content-length': 100 }))
    })
    const { bursar, payer } = paying()
    await rejection(bursar.fetch(server.url).then((response) => response.text()))
    expect(await (await bursar.fetch(server.url)).text()).toBe('paid')
    expect(payer.signed).toHaveLength(1)
  })
})

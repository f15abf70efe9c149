import { memoryLedger } from '@bursar/ledger'
import { Agent, request } from 'undici'
import { describe, expect, it, onTestFinished } from 'vitest'
import { until } from '../../../../test/until.js'
import { paying, rejection } from '../../test/paying.js'
import { challenge, payable, serve } from '../../test/scripted-server.js'

describe('aborts and time limits', () => {
  it('before payment reject with the reason of the signal, as fetch does', async () => {
    const server = await serve(() => {})
    const controller = new AbortController()
    const call = rejection(paying().bursar.fetch(server.url, { signal: controller.signal }))
    await until(() => server.arrivals.length > 0)
    controller.abort(new Error('changed my mind'))
    expect(await call).toHaveProperty('message', 'changed my mind')
  })

  it('while the wallet is asked leave nothing reserved', async () => {
    const server = await serve(payable)
    const ledger = memoryLedger()
    const { bursar, payer } = paying({ ledger })
    const controller = new AbortController()
    payer.signing = async () => {
      controller.abort()
      throw controller.signal.reason
    }
    await rejection(bursar.fetch(server.url, { signal: controller.signal }))
    expect(await ledger.outstanding()).toEqual([])
    expect(server.paid()).toHaveLength(0)
  })

  it('after payment leave a record that an equal call resumes', async () => {
    let answers = false
    const server = await serve((a, r, i) => (a.payment && !answers ? undefined : payable(a, r, i)))
    const ledger = memoryLedger()
    const { bursar, payer } = paying({ ledger })
    const controller = new AbortController()
    const call = rejection(bursar.fetch(server.url, { signal: controller.signal }))
    await until(() => server.paid().length > 0)
    controller.abort()
    expect(await call).toMatchObject({ code: 'payment/aborted', moneyState: 'sent', name: 'AbortError' })
    expect(await ledger.outstanding()).toHaveLength(1)
    answers = true
    expect((await bursar.fetch(server.url)).status).toBe(200)
    expect(payer.signed).toHaveLength(1)
  })

  it('are distinguished before and after payment', async () => {
    const server = await serve((arrival, response) =>
      arrival.path === '/slow' ? undefined : arrival.payment ? undefined : challenge(response)
    )
    const before = paying({ timeouts: { beforePaymentMs: 100 } }).bursar
    const after = paying({ timeouts: { afterPaymentMs: 100 }, resend: { times: 0 } }).bursar
    expect(await rejection(before.fetch(`${server.url}/slow`))).toMatchObject({
      code: 'request/timeout',
      moneyState: 'none'
    })
    expect(await rejection(after.fetch(server.url))).toMatchObject({
      code: 'payment/outcome-unknown',
      moneyState: 'sent'
    })
  })

  it.each([
    ['unpaid', { code: 'request/timeout', moneyState: 'none' }],
    ['paid', { code: 'payment/outcome-unknown', moneyState: 'sent' }]
  ] as const)(
    'M40: run while a request waits for a connection that another has: %s',
    async (which, error) => {
      let free = (): void => {}
      const server = await serve((arrival, response, index) => {
        if (arrival.path === '/free') return void response.end()
        if (arrival.path !== '/hangs') return payable(arrival, response, index)
        free = () => response.end()
      })
      const timeouts = { beforePaymentMs: which === 'unpaid' ? 100 : 60_000, afterPaymentMs: 100 }
      const { bursar } = paying({ timeouts, resend: { times: 0 } })
      const dispatcher = new Agent({ connections: 1, pipelining: 1 })
      onTestFinished(() => dispatcher.destroy())
      const takeConnection = (): void => void request(`${server.url}/hangs`, { dispatcher }).catch(() => {})
      if (which === 'paid') bursar.on('signed', takeConnection)
      else takeConnection()
      expect(await rejection(bursar.fetch(server.url, { dispatcher } as RequestInit))).toMatchObject(error)
      await until(() => server.arrivals.some(({ path }) => path === '/hangs'))
      free()
      // What gets its connection too late is not sent.
      expect((await request(`${server.url}/free`, { dispatcher })).statusCode).toBe(200)
      expect(server.paid()).toEqual([])
      expect(server.arrivals.map(({ path }) => path)).toEqual([
        ...(which === 'paid' ? ['/'] : []),
        '/hangs',
        '/free'
      ])
    }
  )
})

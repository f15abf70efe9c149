import { encodeHeader } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { paying, rejection } from '../../test/paying.js'
import { challengeOf } from '../../test/scripted-server.js'

describe('M40: a fetch that the user brings', () => {
  const never = (): Promise<never> => new Promise(() => {})
  const isPaid = ({ headers }: RequestInit): boolean => new Headers(headers).has('payment-signature')
  const price = (): Response => {
    const headers = { 'PAYMENT-REQUIRED': encodeHeader(challengeOf()) }
    return new Response(new ReadableStream({ pull: never, cancel: never }), { status: 402, headers })
  }

  it('whose unpaid body never says that it was cancelled holds up no payment', async () => {
    const { bursar } = paying({ fetch: async (_, init) => (isPaid(init) ? new Response('paid') : price()) })
    expect(await (await bursar.fetch('https://a.example/')).text()).toBe('paid')
  })

  it.each([
    ['unpaid', never, { message: 'changed my mind' }],
    [
      'paid',
      async (_: string, init: RequestInit) => (isPaid(init) ? never() : price()),
      { code: 'payment/aborted', moneyState: 'sent' }
    ]
  ] as const)('that does not obey its signal is not waited for: %s', async (_, fetch, error) => {
    const controller = new AbortController()
    const { bursar } = paying({ fetch })
    const call = rejection(bursar.fetch('https://a.example/', { signal: controller.signal }))
    if (fetch !== never) await new Promise<void>((sent) => bursar.on('sent', () => setImmediate(sent)))
    controller.abort(new Error('changed my mind'))
    expect(await call).toMatchObject(error)
  })

  it('that does not obey the time limit is not waited for', async () => {
    const { bursar } = paying({ fetch: never, timeouts: { beforePaymentMs: 1 } })
    expect(await rejection(bursar.fetch('https://a.example/'))).toMatchObject({ code: 'request/timeout' })
  })
})

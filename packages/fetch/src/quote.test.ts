import { describe, expect, it } from 'vitest'
import { paying } from '../test/paying.js'
import { challenge, offer, payable, serve } from '../test/scripted-server.js'

describe('a quote', () => {
  it('reports the price and pays nothing', async () => {
    const server = await serve(payable)
    const { bursar, payer } = paying()
    expect(await bursar.quote(server.url, { method: 'POST', body: 'x' })).toEqual({
      status: 402,
      offers: [
        {
          network: 'eip155:8453',
          asset: offer.asset,
          payTo: offer.payTo,
          amount: '0.01',
          symbol: 'USDC',
          cost: '0.01',
          amountAtomic: 10_000n,
          paidFor: 'price'
        }
      ],
      rejectedOffers: []
    })
    expect([payer.signed.length, server.paid().length]).toEqual([0, 0])
  })

  it('M40: is waited for no longer than the caller says, whatever a check waits for', async () => {
    const server = await serve(payable)
    const { bursar, payer } = paying()
    const controller = new AbortController()
    payer.rejectionReason = () => {
      controller.abort(new Error('changed my mind'))
      return new Promise(() => {})
    }
    const quoting = bursar.quote(server.url, { signal: controller.signal })
    await expect(quoting).rejects.toThrow('changed my mind')
  })

  it('says for each offer which limit would reject it', async () => {
    const dear = { ...offer, amount: '60000' }
    const server = await serve((a, response, index) =>
      a.payment ? payable(a, response, index) : challenge(response, [dear, offer])
    )
    const { bursar } = paying({ limits: { payment: '0.05', day: '0.015' } })
    const rejections = async (): Promise<unknown[]> =>
      (await bursar.quote(server.url)).offers.map(({ rejection }) => rejection?.message)
    expect(await rejections()).toEqual([expect.stringContaining('limit "payment" of 0.05'), undefined])
    await bursar.fetch(server.url)
    expect(await rejections()).toEqual([expect.anything(), expect.stringContaining('limit "day" of 0.015')])
  })

  it('says why one offer cannot be paid, and not that none can', async () => {
    const elsewhere = {
      ...offer,
      network: 'eip155:84532',
      asset: '0x036CbD53842c5426634e7929541eC2318f3dCF7e'
    }
    const server = await serve((_, response) => challenge(response, [offer, elsewhere]))
    const { bursar } = paying({ allow: { networks: ['eip155:8453'] } })
    const { offers } = await bursar.quote(server.url)
    expect(offers.map(({ rejection }) => rejection?.message)).toEqual([
      undefined,
      'This offer cannot be paid: eip155:84532: its network is not in allow.networks. Nothing was signed.'
    ])
  })

  it('names the place that asks to be paid, where a redirect led to it, without its query', async () => {
    const server = await serve(({ path }, response) =>
      path.startsWith('/a')
        ? void response.writeHead(307, { location: '/b?secret=1' }).end()
        : challenge(response)
    )
    const { bursar } = paying()
    expect((await bursar.quote(`${server.url}/a`)).redirectedTo).toBe(`${server.url}/b`)
    expect((await bursar.quote(`${server.url}/b`)).redirectedTo).toBeUndefined()
  })

  it('of a free call has no offers', async () => {
    const server = await serve((_, response) => void response.end('free'))
    expect(await paying().bursar.quote(server.url)).toEqual({ status: 200, offers: [], rejectedOffers: [] })
  })

  it('names what the server offered and is not known', async () => {
    const server = await serve((_, response) => challenge(response, [{ ...offer, scheme: 'deferred' }, 7]))
    expect((await paying().bursar.quote(server.url)).rejectedOffers).toEqual([
      {
        scheme: 'deferred',
        network: 'eip155:8453',
        payTo: offer.payTo,
        reason: expect.stringContaining('scheme')
      },
      { reason: expect.any(String) }
    ])
  })
})

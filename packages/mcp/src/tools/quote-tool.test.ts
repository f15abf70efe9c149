import { describe, expect, it } from 'vitest'
import { PAY_TO, startPaidServer } from '../../../../test/loopback/paid-server.js'
import { connect } from '../../test/client.js'

describe('quote', () => {
  it('says the price and whether it would be paid, and pays nothing', async () => {
    const { url, payments } = await startPaidServer()
    const { call } = await connect({ limits: { payment: '0.10', total: '1' } })
    expect((await call('quote', { url: `${url}/report?usdc=0.05` })).output).toEqual({
      status: 402,
      asksForPayment: true,
      offers: [{ network: 'eip155:8453', price: '0.05 USDC', payTo: PAY_TO, wouldBePaid: true }]
    })
    const dear = await call('quote', { url: `${url}/report?usdc=0.5` })
    expect(dear.output.offers).toMatchObject([{ wouldBePaid: false, why: expect.stringContaining('limit') }])
    expect(payments()).toBe(0)
  })

  it('says where a redirect leads that asks to be paid', async () => {
    const { url } = await startPaidServer({
      '/go': (_, response) => void response.writeHead(307, { location: '/report' }).end()
    })
    const { call } = await connect({ limits: { payment: '0.10', total: '1' } })
    expect((await call('quote', { url: `${url}/go` })).output).toMatchObject({
      redirectedTo: `${url}/report`
    })
  })

  it('says why nothing would be paid where there are no offers', async () => {
    const stacks = { scheme: 'exact', network: 'stacks:1', amount: '1', asset: 'STX', payTo: 'SP3FGQ8Z7JY9' }
    const { url } = await startPaidServer({
      '/stacks': (_, response) =>
        void response.writeHead(402).end(JSON.stringify({ x402Version: 2, accepts: [stacks] })),
      '/lightning': (_, response) => void response.writeHead(402).end('Payment required')
    })
    const { call } = await connect({ limits: { payment: '0.10', total: '1' } })
    expect((await call('quote', { url: `${url}/stacks` })).output).toMatchObject({
      notUnderstood: [{ network: 'stacks:1', reason: 'its network "stacks:1" is not known' }],
      offers: []
    })
    expect((await call('quote', { url: `${url}/lightning` })).output).toMatchObject({
      wouldNotBePaid: expect.stringContaining('no x402 challenge'),
      offers: []
    })
  })

  it('M56: sends GET and HEAD only, and no body', async () => {
    const { url, arrivals } = await startPaidServer()
    const { call, client } = await connect()
    for (const method of ['DELETE', 'POST', 'PUT', 'PATCH'])
      expect(await call('quote', { url: `${url}/report`, method })).toMatchObject({ isError: true })
    expect(arrivals).toEqual([])
    await call('quote', { url: `${url}/report`, method: 'HEAD', body: 'x' })
    expect(arrivals.map(({ method, body }) => [method, body])).toEqual([['HEAD', '']])
    const { tools } = await client.listTools()
    expect(tools.find(({ name }) => name === 'quote')?.annotations).toMatchObject({ readOnlyHint: true })
  })
})

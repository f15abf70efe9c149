import { describe, expect, it } from 'vitest'
import { startPaidServer } from '../../../../test/loopback/paid-server.js'
import { connect } from '../../test/client.js'

const hosts = [
  'Host',
  'X-Forwarded-Host',
  'forwarded',
  'X-Original-URL',
  'X-Rewrite-Url',
  'X-Host',
  'X_Forwarded_Host',
  'X-HTTP-Method-Override',
  'X-HTTP-Method',
  'X-Method-Override',
  'Proxy-Authorization'
]
const connections = ['Connection', 'Transfer-Encoding', 'Content-Length', 'Upgrade', 'TE']
const payments = [
  'PAYMENT-SIGNATURE',
  'Payment_Signature',
  'X-PAYMENT',
  'X-402-Payment',
  'SIGN-IN-WITH-X',
  'x-sign-in-with-x'
]
const SECRET = 'a-secret-of-the-operator'

describe('what a tool may send', () => {
  it.each(['pay_url', 'quote'])(
    '%s says of what is no whole URL what one is, in words of its own',
    async (tool) => {
      const { call } = await connect()
      for (const url of ['report', 'undefined/report', ''])
        expect(await call(tool, { url })).toMatchObject({
          isError: true,
          text: expect.stringContaining('url is no whole URL. Allowed: https URLs')
        })
    }
  )

  it.each(['pay_url', 'quote'])('%s reaches nothing that is no http', async (tool) => {
    const { call } = await connect()
    for (const url of ['data:text/plain,x', 'blob:https://shop.example/1', 'file:///etc/passwd', 'ftp://a/b'])
      expect(await call(tool, { url }), url).toMatchObject({
        isError: true,
        text: expect.stringMatching(/may not be reached.*request\/insecure; nothing was paid/s)
      })
  })

  it.each(['pay_url', 'quote'])(
    '%s sends no header that chooses a host or carries a payment',
    async (tool) => {
      const { url, arrivals } = await startPaidServer()
      const { call } = await connect()
      for (const name of [...hosts, ...connections, ...payments])
        expect(await call(tool, { url: `${url}/report`, headers: { [name]: 'x' } }), name).toMatchObject({
          isError: true,
          text: expect.stringMatching(/request\/invalid; nothing was paid/)
        })
      expect(arrivals).toEqual([])
      const headers = { accept: 'application/json', 'X-API-Version': '2' }
      expect((await call(tool, { url: `${url}/report`, headers })).isError).toBe(false)
    }
  )

  it('sends no secret of the operator, in whatever part, and does not say it', async () => {
    const { url, arrivals } = await startPaidServer()
    const { call } = await connect({ secrets: [SECRET] })
    const part = encodeURIComponent(SECRET).replace('a', '%61')
    const wrong = [
      { url: `${url}/report?k=${SECRET}` },
      { url: `${url}/report?k=${part}` },
      { url: `${url}/report?k=${part}&broken=%` },
      { url: `${url}/report?to=${encodeURIComponent(`https://a.example/?k=${part}`)}` },
      { url: `${url}/report`, headers: { 'x-k': part } },
      { url: `${url}/report`, body: `k=${part}&broken=%zz` },
      { url: `${url}/report`, body: `{"k":"\\u0061${SECRET.slice(1)}"}` },
      { url: `${url}/report`, headers: { authorization: `Bearer ${SECRET}` } },
      { url: `${url}/report`, headers: { [SECRET]: 'x' } },
      { url: `${url}/report`, body: JSON.stringify({ k: SECRET.toUpperCase() }) },
      { url: `${url}/report?k=${Buffer.from(`key: ${SECRET}.`).toString('base64url')}` },
      { url: `${url}/report`, body: `k=${encodeURIComponent(Buffer.from(SECRET).toString('base64'))}` },
      { url: `${url}/report`, headers: { 'x-k': Buffer.from(SECRET).toString('hex').toUpperCase() } }
    ]
    for (const request of wrong) {
      const { isError, text } = await call('pay_url', request)
      expect([isError, text.toLowerCase().includes('secret of the operator')]).toEqual([true, true])
      expect(text.toLowerCase()).not.toContain(SECRET)
    }
    expect(arrivals).toEqual([])
  })
})

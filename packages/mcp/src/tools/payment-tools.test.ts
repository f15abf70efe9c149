import { mkdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { dirname } from 'node:path'
import { describe, expect, it } from 'vitest'
import { challenge, type Route, receipt, startPaidServer } from '../../../../test/loopback/paid-server.js'
import { connect } from '../../test/client.js'

/** Sells bytes that are no text. */
function selling(bytes: Uint8Array): Route {
  return (arrival, response) => {
    if (arrival.payment === undefined) return challenge(arrival, response)
    response.writeHead(200, { ...receipt(), 'content-type': 'image/png' }).end(bytes)
  }
}

describe('pay_url', () => {
  it('pays once, and says what it spent and what is left', async () => {
    const { url, payments } = await startPaidServer()
    const { call } = await connect()
    const { output } = await call('pay_url', { url: `${url}/report`, body: '{"q":1}' })
    expect(output).toMatchObject({
      status: 200,
      paid: '0.05 USDC on eip155:8453',
      transaction: expect.stringMatching(/^0x/),
      spent: '0.05 USDC',
      left: { 'each payment': 'at most 0.25 USD', total: '0.95 of 1 USD' }
    })
    expect(JSON.parse(String(output.body))).toMatchObject({
      method: 'POST',
      body: '{"q":1}',
      type: 'application/json'
    })
    expect(payments()).toBe(1)
  })

  it('pays once for an answer that could not be kept at first, and keeps it with the next call', async () => {
    const { call, folder } = await connect()
    const image = selling(new Uint8Array(9))
    const paid = new Set<string>()
    const { url } = await startPaidServer({
      '/image': (arrival, response) => {
        if (arrival.payment !== undefined && paid.size === 0) rmSync(folder, { recursive: true })
        if (arrival.payment !== undefined) paid.add(arrival.payment)
        return image(arrival, response)
      }
    })
    expect((await call('pay_url', { url: `${url}/image` })).isError).toBe(true)
    mkdirSync(folder)
    const { output } = await call('pay_url', { url: `${url}/image` })
    expect(statSync(String(output.file)).size).toBe(9)
    expect(paid.size).toBe(1)
  })

  it('spends nothing on what costs nothing, and shows it', async () => {
    const free: Route = (_, response) => void response.end('hello')
    const { url } = await startPaidServer({ '/free': free })
    const { call } = await connect()
    expect((await call('pay_url', { url: `${url}/free` })).output).toMatchObject({
      status: 200,
      paid: 'nothing',
      body: 'hello',
      spent: '0 USDC'
    })
  })

  it('stays within limits that no argument raises, and below maxUsdc', async () => {
    const { url, payments } = await startPaidServer()
    const { call } = await connect({ limits: { payment: '0.04', total: '1' } })
    for (const more of [{}, { maxUsdc: '9' }, { limits: { payment: '9' } }])
      expect(await call('pay_url', { url: `${url}/report`, ...more })).toMatchObject({
        isError: true,
        text: expect.stringMatching(/\(offer\/over-limit; nothing was paid\)$/)
      })
    const cheap = `${url}/report?usdc=0.02`
    expect((await call('pay_url', { url: cheap, maxUsdc: '0.01' })).isError).toBe(true)
    expect((await call('pay_url', { url: cheap, maxUsdc: 'much' })).isError).toBe(true)
    expect(payments()).toBe(0)
    expect((await call('pay_url', { url: cheap, maxUsdc: '0.02' })).isError).toBe(false)
  })

  it('M53: stops at the limit on a sum, however many pages ask for money', async () => {
    const { url, payments } = await startPaidServer()
    const { call } = await connect({ limits: { payment: '0.25', total: '1' } })
    const ended: boolean[] = []
    for (let page = 0; page < 8; page++)
      ended.push((await call('pay_url', { url: `${url}/report?usdc=0.25&page=${page}` })).isError)
    expect(ended).toEqual([false, false, false, false, true, true, true, true])
    expect(payments()).toBe(4)
  })

  it('M54: gives names a space of their own, which holds no name of the operator’s', async () => {
    const { url, payments } = await startPaidServer()
    const { call, ledger } = await connect()
    const purchase = 'top-up https://kat.imgnai.com eip155:8453 0x1 1'
    expect((await call('pay_url', { url: `${url}/report`, purchase })).isError).toBe(false)
    expect(await ledger.find({ name: purchase })).toBeUndefined()
    expect(await ledger.find({ name: `mcp ${purchase}` })).toMatchObject({ state: 'settled' })
    expect(await call('pay_url', { url: `${url}/report`, purchase })).toMatchObject({
      isError: true,
      text: expect.stringContaining('purchase/already-settled')
    })
    expect(payments()).toBe(1)
  })

  it('M55: reaches plain http on this machine only, also where a redirect leads', async () => {
    const away: Route = (_, response) =>
      void response.writeHead(307, { location: 'http://192.0.2.1/latest/meta-data/' }).end()
    const { url, arrivals } = await startPaidServer({ '/away': away })
    const { call } = await connect()
    for (const tool of ['pay_url', 'quote'])
      for (const target of ['http://192.0.2.1/latest/meta-data/', 'http://10.0.0.1/', `${url}/away`])
        expect(await call(tool, { url: target }), `${tool} ${target}`).toMatchObject({
          isError: true,
          text: expect.stringMatching(/request\/insecure; nothing was paid/)
        })
    expect(arrivals.map(({ url: { pathname } }) => pathname)).toEqual(['/away', '/away'])
  })

  it('M57: rejects a Host header, which would name another site behind an allowed address', async () => {
    const { url, arrivals } = await startPaidServer()
    const { call } = await connect({ hosts: [new URL(url).host] })
    for (const name of ['Host', 'host'])
      expect(
        await call('pay_url', { url: `${url}/report`, headers: { [name]: 'evil.example' } })
      ).toMatchObject({
        isError: true,
        text: expect.stringContaining('nothing was paid')
      })
    expect(arrivals).toEqual([])
    expect((await call('pay_url', { url: `${url}/report` })).isError).toBe(false)
  })

  it('pays the hosts that the operator lists, and no other', async () => {
    const { url, payments } = await startPaidServer()
    const { call } = await connect({ hosts: ['api.example'] })
    expect((await call('pay_url', { url: `${url}/report` })).text).toContain('request/host-refused')
    expect(payments()).toBe(0)
  })

  it('says that the same call resumes a payment whose answer was lost, which it does', async () => {
    let isLost = true
    const losing: Route = (arrival, response) => {
      if (arrival.payment === undefined) return challenge(arrival, response)
      if (isLost) return void response.destroy()
      response.writeHead(200, receipt()).end('found')
    }
    const { url, payments } = await startPaidServer({ '/lost': losing })
    const { call } = await connect()
    const lost = await call('pay_url', { url: `${url}/lost` })
    expect(lost).toMatchObject({
      isError: true,
      text: expect.stringMatching(/0\.05 USDC may be paid; the same call again resumes it/)
    })
    // M61, M63: the payment is that of the first call, and may be taken although the second signed nothing.
    expect(await call('pay_url', { url: `${url}/lost` })).toMatchObject({
      isError: true,
      text: expect.stringMatching(/nothing more was paid .* the same call again resumes that/)
    })
    isLost = false
    expect((await call('pay_url', { url: `${url}/lost` })).output).toMatchObject({ body: 'found' })
    expect(payments()).toBe(1)
  })

  it('M17: joins an equal call that is in flight, so that one payment settles', async () => {
    const held: ServerResponse[] = []
    const slow: Route = (arrival, response) => {
      if (arrival.payment === undefined) challenge(arrival, response)
      else held.push(response)
    }
    const { url, payments } = await startPaidServer({ '/slow': slow })
    const { call, fetches } = await connect()
    const first = call('pay_url', { url: `${url}/slow` })
    await expect.poll(() => held.length).toBe(1)
    const second = call('pay_url', { url: `${url}/slow` })
    // Of a request that came later than the first, there is time to see it.
    for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve))
    held[0]?.writeHead(200, receipt()).end('slowly')
    for (const { output } of await Promise.all([first, second]))
      expect(output).toMatchObject({ body: 'slowly' })
    expect([payments(), fetches()]).toEqual([1, 1])
  })

  it('saves what is no text as a file for its owner alone', async () => {
    const bytes = Uint8Array.from({ length: 1000 }, (_, index) => index % 256)
    const { url } = await startPaidServer({ '/picture': selling(bytes) })
    const { call } = await connect()
    const { output } = await call('pay_url', { url: `${url}/picture` })
    const file = String(output.file)
    expect(new Uint8Array(readFileSync(file))).toEqual(bytes)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(statSync(dirname(file)).mode & 0o777).toBe(0o700)
  })

  it('cuts a long text, and saves the whole of it', async () => {
    const text = 'ä'.repeat(150_000)
    const long: Route = (_, response) => void response.setHeader('content-type', 'text/plain').end(text)
    const { url } = await startPaidServer({ '/long': long })
    const { call } = await connect()
    const { output } = await call('pay_url', { url: `${url}/long` })
    expect(output).toMatchObject({ cut: true, bytes: 300_000 })
    expect(String(output.body)).toBe('ä'.repeat(50_000))
    expect(readFileSync(String(output.file), 'utf8')).toBe(text)
  })

  it('pays for nothing when its answer could not be kept', async () => {
    const { url, payments } = await startPaidServer()
    const { call } = await connect({ folder: '/dev/null/nowhere' })
    expect(await call('pay_url', { url: `${url}/report` })).toMatchObject({
      isError: true,
      text: expect.stringContaining('nothing was paid')
    })
    expect(payments()).toBe(0)
  })

  it('rejects what is wrongly asked', async () => {
    const { call } = await connect()
    const wrong: Readonly<Record<string, unknown>>[] = [
      {},
      { url: 7 },
      { url: 'no url' },
      { url: 'ftp://a.example/' },
      { url: 'file:///etc/passwd' },
      { url: 'https://a.example', method: 'TRACE' },
      { url: 'https://a.example', headers: { 'x y': 'z' } },
      { url: 'https://a.example', headers: 'x: y' },
      { url: 'https://a.example', maxUsdc: 1 },
      { url: 'https://a.example', purchase: 'x'.repeat(201) },
      { url: 'https://a.example', headers: { 'PAYMENT-SIGNATURE': 'x' } }
    ]
    for (const args of wrong) expect((await call('pay_url', args)).isError, JSON.stringify(args)).toBe(true)
  })
})

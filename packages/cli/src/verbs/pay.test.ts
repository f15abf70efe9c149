import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { challenge, type Route, receipt, startPaidServer } from '../../../../test/loopback/paid-server.js'
import { payer } from '../../test/paying-terminal.js'
import { EVM_KEY } from '../../test/terminal.js'

describe('bursar pay', () => {
  it('pays once, writes the answer out, and says what it cost', async () => {
    const { url, payments } = await startPaidServer()
    const { bursar } = payer()
    const { code, out, err } = await bursar('pay', `${url}/report`, '--max-amount', '0.10')
    expect([code, JSON.parse(out)]).toEqual([0, { paid: true, method: 'GET', body: '', type: null }])
    expect(err).toMatch(/^Paid 0\.05 USDC on Base, 0x(?:ab){32}\.\n$/)
    expect(payments()).toBe(1)
  })

  it('sends what curl would', async () => {
    const { url, arrivals } = await startPaidServer()
    const { bursar, home } = payer()
    const file = join(home, 'body.txt')
    writeFileSync(file, 'from a file')
    await bursar('limits', 'set', 'payment=0.10')
    const lines: [argv: string[], method: string, body: string, type: string | undefined][] = [
      [['-d', '{"q":1}'], 'POST', '{"q":1}', 'application/json'],
      [['-d', 'a=b'], 'POST', 'a=b', 'application/x-www-form-urlencoded'],
      [['-d', `@${file}`], 'POST', 'from a file', 'application/x-www-form-urlencoded'],
      [['--data-binary', `@${file}`], 'POST', 'from a file', undefined],
      [['-X', 'PUT', '-d', 'x', '-H', 'Content-Type: text/csv'], 'PUT', 'x', 'text/csv'],
      [['-H', 'X-A: b'], 'GET', '', undefined]
    ]
    for (const [argv, method, body, type] of lines) {
      expect((await bursar('pay', `${url}/report`, ...argv)).code, argv.join(' ')).toBe(0)
      const { headers, ...arrival } = arrivals.at(-1) ?? expect.unreachable()
      expect([arrival.method, arrival.body, headers['content-type']]).toEqual([method, body, type])
    }
    expect(arrivals.at(-1)?.headers['x-a']).toBe('b')
    await bursar('pay', `${url}/report`, '-F', 'a=b', '-F', `file=@${file}`)
    expect(arrivals.at(-1)?.body).toMatch(
      /name="a"\r\n\r\nb\r\n[\s\S]+filename="body\.txt"[\s\S]+from a file/
    )
  })

  it('writes status and headers first with -i, and JSON with --json', async () => {
    const { url } = await startPaidServer()
    const { bursar } = payer()
    await bursar('limits', 'set', 'payment=0.10')
    expect((await bursar('pay', `${url}/report`, '-i')).out).toMatch(
      /^HTTP 200\n[\s\S]+content-type: application\/json\n/
    )
    expect(JSON.parse((await bursar('pay', `${url}/report`, '--json')).out)).toMatchObject({
      status: 200,
      receipt: { amount: '0.05', amountAtomic: '50000', network: 'eip155:8453' },
      body: expect.stringContaining('"paid":true')
    })
  })

  it('begins a line of its own on a terminal, after an answer that ends without one', async () => {
    const { url } = await startPaidServer({ '/free': (_, response) => void response.end('hello') })
    const { bursar } = payer({ answers: [] })
    expect(await bursar('pay', `${url}/free`, '--max-amount', '1')).toMatchObject({
      out: 'hello',
      err: '\nNothing was paid for it (200).\n'
    })
  })

  it('S4: says that an account may have been billed when the request carried its key', async () => {
    const { url } = await startPaidServer({ '/billed': (_, response) => void response.end('made\n') })
    const { bursar } = payer()
    const keys = ['-H', 'X-API-Key: dev', '-H', 'X-API-Secret: local-secret']
    const ended = await bursar('pay', `${url}/billed`, '--max-amount', '1', ...keys)
    expect(ended).toMatchObject({
      code: 0,
      err: expect.stringMatching(/x-api-key and x-api-secret.*outside Bursar/)
    })
    expect(ended.err).not.toContain('local-secret')
  })

  it('ends with 4 when it is paid for and the answer is an error, and with 1 or 7 when nothing was paid', async () => {
    const failing: Route = (arrival, response) => {
      if (arrival.payment === undefined) return challenge(arrival, response)
      response.writeHead(404, receipt()).end('gone')
    }
    const { url } = await startPaidServer({ '/failing': failing })
    const { bursar } = payer()
    expect((await bursar('pay', `${url}/failing`, '--max-amount', '1')).code).toBe(4)
    expect((await bursar('pay', `${url}/nowhere`, '--max-amount', '1')).code).toBe(1)
    expect(await bursar('pay', 'http://127.0.0.1:1/', '--max-amount', '1')).toMatchObject({
      code: 7,
      err: expect.stringMatching(/127\.0\.0\.1:1 cannot be reached \(ECONNREFUSED\)\. Nothing was paid\./)
    })
  })

  it('says how a command line buys anew, and not how code does', async () => {
    const fail: Route = (arrival, response) => {
      if (arrival.payment === undefined) return challenge(arrival, response)
      response.writeHead(500, receipt()).end()
    }
    const { url } = await startPaidServer({ '/fails': fail })
    const { code, err } = await payer().bursar('pay', `${url}/fails`, '--max-amount', '1')
    expect([code, err]).toEqual([
      4,
      expect.stringContaining('only on purpose: by another request, or by another --name of bursar pay.')
    ])
    expect(err).not.toContain('again: true')
  })

  it('ends with 3 when a limit rejects the payment, with 5 when it may be in flight, and resumes it', async () => {
    let isLost = true
    const losing: Route = (arrival, response) => {
      if (arrival.payment === undefined) return challenge(arrival, response)
      if (isLost) return void response.destroy()
      response.writeHead(200, receipt()).end('found\n')
    }
    const { url, payments } = await startPaidServer({ '/lost': losing })
    const { bursar } = payer()
    expect((await bursar('pay', `${url}/lost`, '--max-amount', '0.01')).code).toBe(3)
    expect((await bursar('pay', `${url}/lost`, '--max-amount', '1')).code).toBe(5)
    isLost = false
    expect(await bursar('pay', `${url}/lost`, '--max-amount', '1')).toMatchObject({
      code: 0,
      out: 'found\n',
      err: expect.stringContaining('Resumed an earlier payment of 0.05 USDC')
    })
    expect(payments()).toBe(1)
  })

  it('buys once under a name, which cannot be one of Bursar’s own', async () => {
    const { url, payments } = await startPaidServer()
    const { bursar } = payer()
    const named = (name: string) => bursar('pay', `${url}/report`, '--max-amount', '1', '--name', name)
    expect((await named('invoice-42')).code).toBe(0)
    expect(await named('invoice-42')).toMatchObject({
      code: 3,
      err: expect.stringContaining('purchase/already-settled')
    })
    for (const name of ['top-up x', 'mcp x', 'proxy x'])
      expect(await named(name), name).toMatchObject({ code: 2, err: expect.stringContaining("Bursar's own") })
    expect(payments()).toBe(1)
  })

  it('never shows the key', async () => {
    const { url } = await startPaidServer()
    const { bursar } = payer()
    const all = [
      await bursar('pay', `${url}/report`, '--max-amount', '1', '--json', '-i'),
      await bursar('history', '--json'),
      await bursar('quote', `${url}/report`, '--json')
    ]
    expect(JSON.stringify(all)).not.toContain(EVM_KEY.slice(2))
  })
})

describe('bursar pay, used wrongly', () => {
  it('sends nothing and ends with 2', async () => {
    const { url, arrivals } = await startPaidServer()
    const { bursar, home } = payer()
    const at = `${url}/report`
    const wrong: [argv: string[], why: RegExp][] = [
      [['a.example', '--max-amount', '1'], /is not a URL/],
      [['ftp://a.example', '--max-amount', '1'], /is not a URL/],
      [[at], /Add --max-amount/],
      [[at, '--max-amount', 'much'], /written as 0\.25/],
      [[at, '--max-amount', '1', '-d', 'a', '-F', 'b=c'], /only one of -d/],
      [[at, '--max-amount', '1', '-F', 'nonsense'], /-F wants/],
      [[at, '--max-amount', '1', '-d', `@${join(home, 'nothing')}`], /cannot be read/],
      [[at, '--max-amount', '1', '-H', 'nonsense'], /-H wants/],
      [[at, '--max-amount', '1', '-H', 'x y: z'], /cannot be sent/],
      [[at, '--max-amount', '1', '--max-bytes', '0'], /whole number from 1/],
      [[at, '--max-amount', '1', '--sign-in', 'no'], /bought, always or never/]
    ]
    for (const [argv, why] of wrong)
      expect(await bursar('pay', ...argv), argv.join(' ')).toMatchObject({
        code: 2,
        err: expect.stringMatching(why)
      })
    expect(arrivals).toEqual([])
  })

  it('shows no value of a header that cannot be sent', async () => {
    const { bursar } = payer()
    for (const header of ['Authorization: Bearer sk-secret\n1', 'sk-secret']) {
      const ended = await bursar('pay', 'https://a.example/', '--max-amount', '1', '-H', header)
      expect(ended.code).toBe(2)
      expect(ended.err).not.toContain('sk-secret')
    }
  })
})

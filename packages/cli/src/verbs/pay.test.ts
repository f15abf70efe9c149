import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { challenge, type Route, receipt, startPaidServer } from '../../../../test/loopback/paid-server.js'
import { EVM_KEY, newTerminal, type TerminalOptions } from '../../test/terminal.js'

/** A terminal with an account whose chain does not answer. */
function payer(options: TerminalOptions = {}) {
  return newTerminal({
    ...options,
    env: { EVM_PRIVATE_KEY: EVM_KEY, BURSAR_RPC_BASE: 'http://127.0.0.1:9', ...options.env }
  })
}

/** Sells so many bytes. */
function selling(bytes: Uint8Array, headers: Readonly<Record<string, string>> = {}): Route {
  return (arrival, response) => {
    if (arrival.payment === undefined) return challenge(arrival, response)
    response.writeHead(200, { ...receipt(), ...headers }).end(bytes)
  }
}

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

  it('ends with 4 when it is paid for and the answer is an error, and with 1 when nothing was paid', async () => {
    const failing: Route = (arrival, response) => {
      if (arrival.payment === undefined) return challenge(arrival, response)
      response.writeHead(404, receipt()).end('gone')
    }
    const { url } = await startPaidServer({ '/failing': failing })
    const { bursar } = payer()
    expect((await bursar('pay', `${url}/failing`, '--max-amount', '1')).code).toBe(4)
    expect((await bursar('pay', `${url}/nowhere`, '--max-amount', '1')).code).toBe(1)
    expect(await bursar('pay', 'http://127.0.0.1:1/', '--max-amount', '1')).toMatchObject({
      code: 1,
      err: expect.stringMatching(/127\.0\.0\.1:1 cannot be reached \(ECONNREFUSED\)\. Nothing was paid\./)
    })
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

describe('bursar pay -o', () => {
  it('gives the file its name when the answer is whole', async () => {
    const bytes = Uint8Array.from({ length: 100_000 }, (_, index) => index % 251)
    const { url } = await startPaidServer({ '/bytes': selling(bytes) })
    const { bursar, home } = payer()
    const file = join(home, 'out', 'answer.bin')
    mkdirSync(join(home, 'out'))
    expect(await bursar('pay', `${url}/bytes`, '--max-amount', '1', '-o', file)).toMatchObject({
      code: 0,
      out: ''
    })
    expect(new Uint8Array(readFileSync(file))).toEqual(bytes)
    expect(readdirSync(join(home, 'out'))).toEqual(['answer.bin'])
    expect((await bursar('pay', `${url}/bytes`, '--max-amount', '1', '-o', '/dev/null')).code).toBe(0)
  })

  it('sends nothing when the file cannot be written', async () => {
    const { url, arrivals } = await startPaidServer()
    const { bursar, home } = payer()
    for (const [file, why] of [
      [join(home, 'nowhere', 'answer.bin'), 'cannot be written'],
      [home, 'is a folder']
    ] as const)
      expect(await bursar('pay', `${url}/report`, '--max-amount', '1', '-o', file)).toMatchObject({
        code: 2,
        err: expect.stringContaining(why)
      })
    expect(arrivals).toEqual([])
  })

  it('M60: streams an answer that unpacks without end, and stops at --max-bytes; the next gets it', async () => {
    // 64 MiB of zeros in 64 KiB.
    const packed = gzipSync(new Uint8Array(64 * 1024 * 1024))
    const { url, payments } = await startPaidServer({
      '/bomb': selling(packed, { 'content-encoding': 'gzip' })
    })
    const { bursar, home } = payer()
    const file = join(home, 'answer.bin')
    const argv = ['pay', `${url}/bomb`, '--max-amount', '1', '-o', file]
    const before = process.memoryUsage().rss
    expect(await bursar(...argv, '--max-bytes', '1000000')).toMatchObject({
      code: 4,
      err: expect.stringContaining('larger than 1000000 bytes')
    })
    expect(process.memoryUsage().rss - before).toBeLessThan(60 * 1024 * 1024)
    expect(readdirSync(home).filter((name) => name.startsWith('answer'))).toEqual([])
    expect((await bursar(...argv)).code).toBe(0)
    expect(readFileSync(file)).toHaveLength(64 * 1024 * 1024)
    expect(payments()).toBe(1)
  })

  it('leaves an old file as it is when the new answer breaks off', async () => {
    const cut: Route = (arrival, response) => {
      if (arrival.payment === undefined) return challenge(arrival, response)
      response.writeHead(200, { ...receipt(), 'content-length': '1000' }).write('half')
      setImmediate(() => response.destroy())
    }
    const { url } = await startPaidServer({ '/cut': cut })
    const { bursar, home } = payer()
    const file = join(home, 'answer.txt')
    writeFileSync(file, 'old')
    expect((await bursar('pay', `${url}/cut`, '--max-amount', '1', '-o', file)).code).toBe(4)
    expect(readFileSync(file, 'utf8')).toBe('old')
  })
})

describe('bursar pay whose answer cannot be kept', () => {
  const line = (url: string, ...more: string[]) => ['pay', url, '--max-amount', '1', ...more]

  it('ends with 4 when the file cannot be written, and the same command gets it for one payment', async () => {
    const { url, payments } = await startPaidServer()
    const { bursar, home } = payer()
    expect(await bursar(...line(`${url}/report`, '-o', '/dev/full'))).toMatchObject({
      code: 4,
      err: expect.stringMatching(/could not be written.*same command within ten minutes.*ENOSPC/)
    })
    const file = join(home, 'answer.json')
    expect(await bursar(...line(`${url}/report`, '-o', file))).toMatchObject({
      code: 0,
      err: expect.stringContaining('Resumed an earlier payment')
    })
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ paid: true })
    expect(payments()).toBe(1)
    expect((await bursar(...line(`${url}/report`))).code).toBe(0)
    expect(payments()).toBe(2)
  })

  it('ends with 4 when the file cannot get its name, and the same command gets it', async () => {
    const { bursar, home } = payer()
    const folder = join(home, 'out')
    const removing: Route = (arrival, response) => {
      if (arrival.payment === undefined) return challenge(arrival, response)
      rmSync(folder, { recursive: true, force: true })
      response.writeHead(200, receipt()).end('found')
    }
    const { url, payments } = await startPaidServer({ '/removing': removing })
    const argv = line(`${url}/removing`, '-o', join(folder, 'answer.txt'), '--name', 'invoice-7')
    mkdirSync(folder)
    expect((await bursar(...argv)).code).toBe(4)
    expect(await bursar(...line(`${url}/removing`, '--name', 'invoice-7'))).toMatchObject({
      code: 0,
      out: 'found'
    })
    expect(payments()).toBe(1)
  })

  it.each([
    ['', []],
    ['with --json', ['--json']],
    ['with -i', ['-i']]
  ])('ends with 4 when standard output fails %s, and the same command gets it', async (_, more) => {
    const { url, payments } = await startPaidServer()
    let isFull = true
    const beforeWrite = (): void => {
      if (isFull) throw new Error('ENOSPC: no space left on device')
    }
    const { bursar } = payer({ beforeWrite })
    const failed = await bursar(...line(`${url}/report`, ...more))
    expect(failed).toMatchObject({ code: 4, err: expect.stringMatching(/gets it and pays no more.*ENOSPC/) })
    expect(failed.err).not.toMatch(/^Paid/m)
    isFull = false
    expect(await bursar(...line(`${url}/report`, ...more))).toMatchObject({
      code: 0,
      out: expect.stringContaining('paid'),
      err: expect.stringContaining('Resumed')
    })
    expect(payments()).toBe(1)
  })

  it('sends nothing when standard output is closed, unless a file is named', async () => {
    const { url, arrivals, payments } = await startPaidServer()
    const { bursar } = payer({ isOutClosed: true })
    for (const argv of [line(`${url}/report`), ['chat', 'x', '--max-amount', '1']])
      expect(await bursar(...argv)).toMatchObject({
        code: 2,
        err: expect.stringMatching(/Standard output is closed.*Nothing was sent or paid/)
      })
    expect(arrivals).toEqual([])
    expect((await bursar(...line(`${url}/report`, '-o', '/dev/null'))).code).toBe(0)
    expect(payments()).toBe(1)
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
      [[at, '--max-amount', 'much'], /decimal USDC, such as 0\.25/],
      [[at, '--max-amount', '1', '-d', 'a', '-F', 'b=c'], /only one of -d/],
      [[at, '--max-amount', '1', '-F', 'nonsense'], /-F wants/],
      [[at, '--max-amount', '1', '-d', `@${join(home, 'nothing')}`], /cannot be read/],
      [[at, '--max-amount', '1', '-H', 'nonsense'], /-H wants/],
      [[at, '--max-amount', '1', '-H', 'x y: z'], /cannot be sent/],
      [[at, '--max-amount', '1', '--max-bytes', '0'], /whole number from 1/]
    ]
    for (const [argv, why] of wrong)
      expect(await bursar('pay', ...argv), argv.join(' ')).toMatchObject({
        code: 2,
        err: expect.stringMatching(why)
      })
    expect(arrivals).toEqual([])
  })
})

describe('bursar quote', () => {
  it('says the price, and ends with 3 when it would be rejected (P57)', async () => {
    const { url, payments } = await startPaidServer()
    const { bursar } = payer({ columns: 80 })
    const fine = await bursar('quote', `${url}/report`)
    expect(fine).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^0\.05 USDC {2}Base {2}would be paid {2}0x1{40}\n$/)
    })
    for (const line of fine.out.split('\n')) expect(line.length).toBeLessThanOrEqual(80)
    await bursar('limits', 'set', 'payment=0.01')
    expect(await bursar('quote', `${url}/report`)).toMatchObject({
      code: 3,
      out: expect.stringMatching(/rejected[\s\S]+limit "payment" of 0\.01/)
    })
    expect(payments()).toBe(0)
  })

  it('says the price without an account, and that no account could pay it', async () => {
    const { url } = await startPaidServer()
    const { bursar } = newTerminal()
    expect(await bursar('quote', `${url}/report`)).toMatchObject({
      code: 3,
      out: expect.stringMatching(/^0\.05 USDC {2}Base {2}rejected.*\n.*no eip155 account is configured/)
    })
  })

  it('says that it costs nothing where nothing is asked', async () => {
    const { url } = await startPaidServer({ '/free': (_, response) => void response.end('free') })
    const { bursar } = payer()
    expect(await bursar('quote', `${url}/free`)).toMatchObject({ code: 0, out: 'It costs nothing (200).\n' })
    expect(JSON.parse((await bursar('quote', `${url}/free`, '--json')).out)).toMatchObject({ offers: [] })
  })

  it('P45: needs no passphrase', async () => {
    const { url } = await startPaidServer()
    const { bursar, asked } = newTerminal({
      env: { BURSAR_RPC_BASE: 'http://127.0.0.1:9' },
      answers: ['correct horse', 'correct horse']
    })
    await bursar('wallet', 'create', '--chain', 'evm', '--json')
    expect((await bursar('quote', `${url}/report`)).code).toBe(0)
    expect(await bursar('balance')).toMatchObject({
      code: 1,
      out: expect.stringContaining('unknown'),
      err: expect.stringMatching(
        /^No RPC endpoint of eip155:8453 gave a usable answer: 127\.0\.0\.1:9 cannot be reached\.$/m
      )
    })
    expect(asked).toHaveLength(2)
  })
})

import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { challenge, type Route, receipt, startPaidServer } from '../../../../test/loopback/paid-server.js'
import { payer } from '../../test/paying-terminal.js'

/** Sells so many bytes. */
function selling(bytes: Uint8Array, headers: Readonly<Record<string, string>> = {}): Route {
  return (arrival, response) => {
    if (arrival.payment === undefined) return challenge(arrival, response)
    response.writeHead(200, { ...receipt(), ...headers }).end(bytes)
  }
}

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
      err: expect.stringMatching(/could not be written.*same command within ten minutes.*no space is left/)
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

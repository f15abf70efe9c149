import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { until } from '../../../../test/until.js'
import { paying, rejection } from '../../test/paying.js'
import { breakOff, challenge, receiptHeader, type Script, serve, settle } from '../../test/scripted-server.js'

const receipt = { 'PAYMENT-RESPONSE': receiptHeader() }
const gzip = { ...receipt, 'content-encoding': 'gzip' }

/** Breaks the first paid answer; the same bytes sent again are answered whole. */
function breaksFirst(broken: Script): Script {
  let paid = 0
  return (arrival, response, index) => {
    if (!arrival.payment) return challenge(response)
    return paid++ === 0 ? broken(arrival, response, index) : settle(response, 'whole')
  }
}

/** Each answer breaks when its head has arrived, or by itself. */
const breakages: readonly [what: string, script: (headArrived: Promise<void>) => Script][] = [
  [
    'has a bad chunk size',
    () => (_, response) => {
      const head = `HTTP/1.1 200 OK\r\nPAYMENT-RESPONSE: ${receiptHeader()}\r\nTransfer-Encoding: chunked\r\n\r\n`
      response.socket?.end(`${head}4\r\nhalf\r\nnot a size\r\n`)
    }
  ],
  [
    'is reset after its head',
    (headArrived) => (_, response) => {
      response.writeHead(200, { ...receipt, 'content-length': 100 }).write('half')
      // A reset takes back what has not been read.
      void headArrived.then(() => response.socket?.resetAndDestroy())
    }
  ],
  [
    'is gzip that is cut',
    () => (_, response) => void response.writeHead(200, gzip).end(gzipSync('x'.repeat(9_999)).subarray(0, 30))
  ],
  ['is no gzip', () => (_, response) => void response.writeHead(200, gzip).end('not gzip')]
]

const transports = [
  ['the transport of Node', {}],
  ['a fetch that the user brings', { fetch: (url: string, init: RequestInit) => fetch(url, init) }]
] as const

describe.each(transports)('M65: a paid body, through %s,', (via, options) => {
  // The platform's fetch hands over gzip that is cut as if it were whole.
  const seen = 'fetch' in options ? breakages.filter(([what]) => !what.includes('cut')) : breakages

  it.each(seen)('that %s says that it is settled, and the same call has the answer', async (_, broken) => {
    let arrived = (): void => {}
    const headArrived = new Promise<void>((resolve) => {
      arrived = resolve
    })
    const server = await serve(breaksFirst(broken(headArrived)))
    const { bursar, payer } = paying(options)
    const response = await bursar.fetch(server.url)
    arrived()
    expect(await rejection(response.text())).toMatchObject({
      code: 'payment/settled-answer-lost',
      moneyState: 'settled',
      context: { purchase: bursar.receiptOf(response)?.purchase }
    })
    expect(await (await bursar.fetch(server.url)).text()).toBe('whole')
    expect(payer.signed, via).toHaveLength(1)
  })

  it('that breaks off and has no receipt says what the chain says', async () => {
    const broken: Script = (_, response) => {
      breakOff(response.writeHead(200, { 'content-length': 100 }))
    }
    const server = await serve(breaksFirst(broken))
    const { bursar, payer } = paying(options)
    payer.status = 'settled'
    const response = await bursar.fetch(server.url)
    expect(await rejection(response.text())).toMatchObject({ moneyState: 'settled' })
  })

  it('M43: that stands still is given up, and the same call has the answer', async () => {
    let isClosed = false
    const stalls: Script = (_, response) => {
      response.writeHead(200, { ...receipt, 'content-length': 1_000 }).write('x')
      response.on('close', () => {
        isClosed = true
      })
    }
    const server = await serve(breaksFirst(stalls))
    const { bursar, payer } = paying({ ...options, timeouts: { idleBodyMs: 1_000 } })
    const response = await bursar.fetch(server.url)
    expect(await rejection(response.text())).toMatchObject({
      code: 'payment/settled-answer-lost',
      moneyState: 'settled'
    })
    await until(() => isClosed)
    expect(await (await bursar.fetch(server.url)).text()).toBe('whole')
    expect(payer.signed).toHaveLength(1)
  })

  it('M43: is not given up while it goes on, however slowly', async () => {
    const drips: Script = async (_, response) => {
      response.writeHead(200, receipt)
      for (const letter of 'slowly and surely') {
        response.write(letter)
        await sleep(200)
      }
      response.end()
    }
    const server = await serve(breaksFirst(drips))
    const { bursar } = paying({ ...options, timeouts: { idleBodyMs: 2_500 } })
    expect(await (await bursar.fetch(server.url)).text()).toBe('slowly and surely')
  })

  it('whose caller aborts it says that the call was aborted, and where the money is', async () => {
    const stalls: Script = (_, response) =>
      void response.writeHead(200, { ...receipt, 'content-length': 1_000 }).write('x')
    const server = await serve(breaksFirst(stalls))
    const { bursar } = paying(options)
    const controller = new AbortController()
    const response = await bursar.fetch(server.url, { signal: controller.signal })
    const reading = rejection(response.text())
    controller.abort()
    expect(await reading).toMatchObject({
      code: 'payment/aborted',
      name: 'AbortError',
      moneyState: 'settled'
    })
  })
})

describe.each(transports)(
  'M42: a 402 whose price is in a body that does not end, through %s,',
  (_, options) => {
    // Only the body is to run into its limit: a head has the time that a busy machine takes.
    const limitMs = 1_500
    const bodies: readonly [what: string, script: Script][] = [
      ['trickles', (__, response) => trickle(response.writeHead(402))],
      ['stalls', (__, response) => void response.writeHead(402).write(' ')]
    ]

    it.each(bodies)('unpaid: it %s, and the call ends with nothing paid', async (__, script) => {
      const server = await serve(script)
      const { bursar, payer } = paying({ ...options, timeouts: { beforePaymentMs: limitMs } })
      expect(await rejection(bursar.fetch(server.url))).toMatchObject({
        code: 'request/timeout',
        moneyState: 'none'
      })
      expect(payer.prepared).toBe(0)
    })

    it.each(bodies)('paid: it %s, and the call ends with what the chain says', async (__, script) => {
      const server = await serve(breaksFirst(script))
      const { bursar, payer } = paying({ ...options, timeouts: { afterPaymentMs: limitMs } })
      payer.status = 'settled'
      expect(await rejection(bursar.fetch(server.url))).toMatchObject({
        code: 'payment/refused',
        moneyState: 'settled'
      })
    })
  }
)

function trickle(response: Parameters<Script>[1]): void {
  response.write(' ')
  const timer = setInterval(() => response.write(' '), 50)
  response.on('close', () => clearInterval(timer))
}

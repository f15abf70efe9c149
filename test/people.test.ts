import { subscribe } from 'node:diagnostics_channel'
import { readFileSync } from 'node:fs'
import { inspect } from 'node:util'
import { memoryLedger } from '@bursar/ledger'
import { bursarErrorOf, createBursar, isBursarError } from 'bursar'
import { createKatana } from 'bursar/katana'
import OpenAI from 'openai'
import { expect, it, onTestFinished } from 'vitest'
import { challenge, type Route, startPaidServer } from './loopback/paid-server.js'

/** A private key that nobody uses: the first of anvil's. */
const evm = '0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80'

function newBursar(options: object = {}) {
  const rpcUrls = { 'eip155:8453': 'http://127.0.0.1:9' }
  const bursar = createBursar({
    evm,
    limits: { payment: '1', total: '10' },
    ledger: memoryLedger(),
    rpcUrls,
    resend: { times: 0 },
    ...options
  })
  onTestFinished(() => bursar.close())
  return bursar
}

it.each<[unknown, string]>([
  [undefined, 'The options must be an object, not undefined'],
  [{ limits: { payment: '1' } }, 'needs an account that pays: evm, solana or payers'],
  [{ evm }, "limits.payment is required: limits: { payment: '0.25', day: '5.00' }"],
  [{ evm, limits: { payment: 0.25 } }, "limits.payment must be decimal text, such as '0.25', not 0.25"],
  [{ evm, limits: { payment: '1' }, ledger: './x.db' }, "sqliteLedger({ path: './ledger.db' })"]
])(
  'P12: %# wrong arguments are met with the name of the option, what came, and what to write',
  (options, words) => {
    expect(() => Reflect.apply(createBursar, undefined, [options])).toThrow(words)
    expect(() => Reflect.apply(createBursar, undefined, [options])).toThrow(TypeError)
  }
)

it('P19: a limit that rejects a call is found in the error of an SDK, and is asked for once by the fetch for SDKs', async () => {
  const { url, arrivals, payments } = await startPaidServer({ '/v1/chat/completions': challenge })
  const bursar = newBursar({ limits: { payment: '0.02' } })
  const call = (baseURL: string, fetch: typeof globalThis.fetch) =>
    new OpenAI({ baseURL, apiKey: 'x402', fetch }).chat.completions
      .create({ model: 'm', messages: [{ role: 'user', content: 'Hi' }] })
      .catch((reason: unknown) => reason)
  const error = await call(`${url}/v1`, bursar.fetch)
  expect(error).toBeInstanceOf(OpenAI.APIConnectionError)
  expect(isBursarError(error, 'offer/over-limit')).toBe(true)
  expect(bursarErrorOf(error)).toMatchObject({ code: 'offer/over-limit', moneyState: 'none' })
  const before = arrivals.length
  const katana = createKatana(bursar, { baseUrl: url, billing: 'direct' })
  expect(await call(katana.baseURL, katana.openaiFetch)).toMatchObject({
    status: 402,
    code: 'offer/over-limit'
  })
  expect(arrivals.length - before).toBe(1)
  expect(payments()).toBe(0)
})

it('P20: an answer that breaks off is an error that says that it is paid, and the same call has it', async () => {
  let isCut = true
  const cutting: Route = (arrival, response) => {
    if (arrival.payment === undefined) return challenge(arrival, response)
    response.writeHead(200, { 'content-length': '100' })
    if (isCut) response.write('the beginning', () => response.destroy())
    else response.end('the beginning and the end'.padEnd(100))
  }
  const { url, payments } = await startPaidServer({ '/cut': cutting })
  const bursar = newBursar()
  const error = await bursar
    .fetch(`${url}/cut`)
    .then((response) => response.text())
    .catch((reason: unknown) => reason)
  expect(bursarErrorOf(error)).toMatchObject({
    moneyState: expect.stringMatching(/^(?:settled|sent|unknown)$/)
  })
  isCut = false
  expect(await (await bursar.fetch(`${url}/cut`)).text()).toContain('and the end')
  expect(payments()).toBe(1)
})

it('P21: an error that no offer could be paid has a line for each: how much, where, to whom, and why not', async () => {
  const { url } = await startPaidServer()
  const error = await newBursar({ allow: { networks: ['eip155:1'] } })
    .fetch(`${url}/report`)
    .catch((reason: unknown) => reason)
  const text = inspect(error)
  expect(text).not.toContain('[Object]')
  for (const part of ['0.05', 'eip155:8453', '0x1111111111111111111111111111111111111111'])
    expect(text).toContain(part)
})

it('P23: ends with its block', async () => {
  let closed = false
  const ledger = {
    ...memoryLedger(),
    close: async () => {
      closed = true
    }
  }
  {
    await using bursar = createBursar({ evm, limits: { payment: '1' }, ledger })
    expect(Object.isFrozen(bursar)).toBe(true)
  }
  expect(closed).toBe(true)
})

it('P27, P28, P30: what was bought can be logged: amounts in decimals, and nothing that pays', async () => {
  const losing: Route = (arrival, response) =>
    arrival.payment === undefined ? challenge(arrival, response) : void response.destroy()
  const { url, arrivals } = await startPaidServer({ '/lost': losing })
  const bursar = newBursar()
  const response = await bursar.fetch(`${url}/report`)
  await bursar.fetch(`${url}/lost`).catch(() => {})
  const history = []
  for await (const purchase of bursar.history()) history.push(purchase)
  const all = [bursar.receiptOf(response), history, await bursar.outstanding(), await bursar.recover()]
  const written = JSON.stringify(all)
  expect(written.match(/"amount":"0\.05"/g)?.length).toBeGreaterThanOrEqual(4)
  const signatures = arrivals.flatMap(({ payment }) => payment ?? [])
  expect(signatures.length).toBeGreaterThanOrEqual(2)
  for (const text of [
    written,
    inspect(all, { depth: 20, showHidden: true }),
    JSON.stringify(structuredClone(JSON.parse(written)))
  ])
    for (const signature of signatures) expect(text).not.toContain(signature.slice(0, 60))
})

it('P29: the page on events names every event that there is, and the diagnostics channel', async () => {
  const page = readFileSync(new URL('../docs/guides/events.md', import.meta.url), 'utf8')
  const source = readFileSync(new URL('../packages/fetch/src/events.ts', import.meta.url), 'utf8')
  const listed = /eventTypes = \[([\s\S]*?)\n\n/.exec(source)?.[1] ?? ''
  const types = [...listed.matchAll(/'([\w-]+)'/g)].map(([, type]) => type)
  expect(types.length).toBeGreaterThan(10)
  for (const type of types) expect(page).toContain(`| \`${type}\` |`)
  const { url } = await startPaidServer()
  const bursar = newBursar()
  const heard: unknown[] = []
  const channel = channelOf(page)
  subscribe(channel, (event) => heard.push(event))
  const own: unknown[] = []
  const stop = bursar.on('*', (event) => own.push(event))
  await (await bursar.fetch(`${url}/report?key=secret`)).text()
  await expect.poll(() => own.length).toBeGreaterThan(4)
  stop()
  expect(heard).toEqual(own)
  expect(JSON.stringify(own)).not.toContain('secret')
})

function channelOf(page: string): string {
  return /subscribe\('([\w:-]+)'/.exec(page)?.[1] ?? expect.unreachable()
}

it('P22: a 402 that is not of x402 comes back as it is, unpaid, and a quote says that nothing can be paid', async () => {
  const other: Route = (_, response) => void response.writeHead(402).end('Pay at the counter')
  const { url, payments } = await startPaidServer({ '/counter': other })
  const bursar = newBursar()
  const response = await bursar.fetch(`${url}/counter`)
  expect([response.status, await response.text()]).toEqual([402, 'Pay at the counter'])
  expect(bursar.receiptOf(response)).toBeUndefined()
  expect(await bursar.quote(`${url}/counter`)).toEqual({
    status: 402,
    offers: [],
    rejectedOffers: [],
    reason: expect.stringContaining('it has no x402 challenge')
  })
  expect(payments()).toBe(0)
})

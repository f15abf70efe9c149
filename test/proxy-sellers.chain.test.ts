import { createHash } from 'node:crypto'
import type { StackWallets } from '@bursar/gateway'
import { memoryLedger } from '@bursar/ledger'
import { startProxy } from '@bursar/proxy'
import { describe, expect, onTestFinished } from 'vitest'
import { ATOMIC_PRICE, PRICE, sellerConfig, sellerTest as test } from './interop/sellers/seller-test.js'
import { startChild } from './interop/sellers/start-child.js'
import { TOKEN } from './proxy-on.js'

type Stack = Parameters<typeof sellerConfig>[0]

/** A proxy in front of somebody else's seller, which is paid on Base. */
async function throughTo(
  program: string,
  {
    stack,
    wallets,
    facilitator,
    version = 2,
    limits = { payment: '0.05', total: '1' }
  }: {
    readonly stack: Stack
    readonly wallets: StackWallets
    readonly facilitator: string
    readonly version?: 1 | 2
    readonly limits?: { readonly payment: string; readonly total: string }
  }
) {
  const payee = await stack.newWallet('0')
  const seller = await startChild(program, sellerConfig(stack, { facilitator, payee, version }))
  onTestFinished(seller.stop)
  const { evm, rpcUrls } = wallets.options
  const proxy = await startProxy({
    evm,
    rpcUrls,
    limits,
    ledger: memoryLedger(),
    service: { name: 'upstream', baseUrl: seller.url },
    agents: [{ name: 'default', token: TOKEN }],
    port: 0
  })
  onTestFinished(() => proxy.stop())
  const ask = (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(`${proxy.url}${path}`, {
      ...init,
      headers: { authorization: `Bearer ${TOKEN}`, ...init.headers }
    })
  const sold = async (): Promise<bigint> => ((await payee.base?.balance()) ?? 0n) / ATOMIC_PRICE
  return { ask, sold, proxy }
}

describe('sellers of others are paid through the proxy, within limits that hold over many clients at once:', () => {
  const sellers: [string, 1 | 2][] = [
    ['x402-express-v2', 2],
    ['x402-hono-v2', 2],
    ['x402-next-v2', 2],
    ['x402-express', 1]
  ]
  test.for(sellers)('%s', async ([program, version], { stack, wallets, facilitator }) => {
    // For one: the official facilitator loses count of its own nonces where one of its wallets settles two at once.
    const limits = { payment: '0.05', total: '0.02' }
    const { ask, sold, proxy } = await throughTo(program, { stack, wallets, facilitator, version, limits })
    const answers = await Promise.all(Array.from({ length: 5 }, (_, index) => ask(`/base?client=${index}`)))
    const texts = await Promise.all(answers.map((answer) => answer.text()))
    const costs = answers.flatMap(({ ok, headers }) => (ok ? [headers.get('x-bursar-cost')] : []))
    expect(costs).toEqual([PRICE])
    expect(texts.filter((text) => text === 'sold')).toHaveLength(1)
    expect(texts.filter((text) => text.includes('would pass the limit'))).toHaveLength(4)
    expect([await sold(), proxy.spent().payment]).toEqual([1n, PRICE])
  })
})

test('files, parts of them, uploads, streams and empty answers are paid once each, and arrive as they are', async ({
  stack,
  wallets,
  facilitator
}) => {
  const { ask, sold } = await throughTo('express-shop', { stack, wallets, facilitator })
  const film = await ask('/film')
  expect((await film.arrayBuffer()).byteLength).toBe(3 * 1024 * 1024)
  expect([film.headers.get('content-type'), film.headers.get('etag')]).toEqual(['video/mp4', '"film"'])
  const part = await ask('/film', { headers: { range: 'bytes=8-15' } })
  expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([
    206,
    'bytes 8-15/3145728',
    'filmfilm'
  ])
  const unchanged = await ask('/film', { headers: { 'if-none-match': '"film"' } })
  expect([unchanged.status, unchanged.headers.get('x-bursar-cost')]).toEqual([304, PRICE])
  const body = Buffer.alloc(2 * 1024 * 1024, 'upload')
  const upload = await ask('/upload', { method: 'POST', headers: { 'content-type': 'image/png' }, body })
  const sha256 = createHash('sha256').update(body).digest('hex')
  expect(await upload.json()).toEqual({ type: 'image/png', sha256 })
  const empty = await ask('/empty', { method: 'DELETE' })
  expect([empty.status, await empty.text()]).toEqual([204, ''])
  const events = await ask('/events')
  expect([events.headers.get('content-type'), await events.text()]).toEqual([
    expect.stringContaining('text/event-stream'),
    'data: one\n\ndata: two\n\n'
  ])
  expect(await sold()).toBe(6n)
  const failing = await ask('/failing')
  expect([failing.ok, await failing.text()]).toEqual([
    false,
    expect.stringMatching(/failed with 500.*can still be taken/)
  ])
  expect(await sold()).toBe(6n)
})

test('a client that goes away at any time, and asks again, has paid once', async ({
  stack,
  wallets,
  facilitator
}) => {
  const { ask, sold } = await throughTo('express-shop', { stack, wallets, facilitator })
  for (const [index, ms] of [0, 20, 60, 120, 250, 500].entries()) {
    const path = `/film?of=${index}`
    const left = new AbortController()
    const leaving = ask(path, { signal: left.signal })
      .then((answer) => answer.body?.getReader().read())
      .catch(() => {})
    setTimeout(() => left.abort(), ms)
    await leaving
    left.abort()
    const again = await ask(path)
    expect((await again.arrayBuffer()).byteLength).toBe(3 * 1024 * 1024)
    expect(await sold()).toBe(BigInt(index + 1))
  }
})

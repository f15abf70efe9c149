import { inspect } from 'node:util'
import { type ChainReader, type Rpc, SOLANA_DEVNET, SOLANA_MAINNET } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { type RpcServer, startRpcServer } from '../../test/rpc-server.js'
import { testClock } from '../../test/test-clock.js'
import { createSolanaReader } from './chain-reader.js'

const GENESIS = '5eykt4UsFv8P8NJdTREpY1vzqKqZKvdpKuc147dw2N9d'
const askHeight = (rpc: Rpc): Promise<unknown> => rpc('getBlockHeight')

function readerOf(
  urls: string | readonly string[],
  options: { timeoutMs?: number; fetch?: typeof fetch } = {}
) {
  const clock = testClock()
  const { timeoutMs = 30_000, fetch: send = fetch } = options
  const reader = createSolanaReader({
    rpcUrls: { [SOLANA_MAINNET]: urls },
    rpcTimeoutMs: timeoutMs,
    clock,
    fetch: (url, init) => send(url, init)
  })
  return { reader, clock }
}

const startGoodNode = (): Promise<RpcServer> => startRpcServer(() => ({ result: 7 }))

/** Takes calls and never answers. */
const startSilentNode = (): Promise<RpcServer> => startRpcServer(() => () => {})

async function failureOf(reader: ChainReader): Promise<unknown> {
  return reader.read(SOLANA_MAINNET, askHeight).then(
    () => expect.unreachable(),
    (error: unknown) => error
  )
}

describe('an outage', () => {
  it('peers defect 10: is rpc/unavailable, and shows of each endpoint its host and what failed, never path or query', async () => {
    const { reader } = readerOf([
      'http://127.0.0.1:1/secret-path?api-key=secret-query',
      'http://127.0.0.1:2/secret-path'
    ])
    const error = await failureOf(reader)
    expect(error).toMatchObject({ code: 'rpc/unavailable', moneyState: 'none', context: { endpoints: 2 } })
    expect(error).toMatchObject({
      message: `No RPC endpoint of Solana gave a usable answer: 127.0.0.1:1 cannot be reached; 127.0.0.1:2 cannot be reached (ECONNREFUSED).`
    })
    for (const shown of [String(error), JSON.stringify(error), inspect(error, { depth: 9 })]) {
      expect(shown).not.toMatch(/secret|http/)
    }
  })

  it.each([
    [
      'an HTTP error',
      (): Promise<RpcServer> => startRpcServer(() => (response) => response.writeHead(500).end('secret'))
    ],
    ['a JSON-RPC error', () => startRpcServer(() => ({ error: { code: -32_016, message: 'secret' } }))],
    [
      'an answer without end',
      () => startRpcServer(() => (response) => response.end(`{"result":"${'x'.repeat(2 ** 23)}"}`))
    ],
    ['no JSON', () => startRpcServer(() => (response) => response.end('<html>'))],
    ['no result', () => startRpcServer(() => (response) => response.end('{"jsonrpc":"2.0","id":1}'))],
    [
      'a redirect',
      () =>
        startRpcServer(() => (response) => response.writeHead(307, { location: 'http://127.0.0.1:1/' }).end())
    ]
  ])('%s is as good as no answer, and the next endpoint is asked', async (_, start) => {
    const [bad, good] = [await start(), await startGoodNode()]
    expect(await readerOf([bad.url, good.url]).reader.read(SOLANA_MAINNET, askHeight)).toBe(7)
    const error = await failureOf(readerOf(bad.url).reader)
    expect(error).toMatchObject({ code: 'rpc/unavailable' })
    expect(inspect(error, { depth: 9 })).not.toContain('secret')
  })

  it('a node that is silent is given up in time, and is asked last for a while', async () => {
    const [silent, good] = [await startSilentNode(), await startGoodNode()]
    const { reader, clock } = readerOf([silent.url, good.url], { timeoutMs: 1_500 })
    await reader.read(SOLANA_MAINNET, askHeight)
    expect(silent.count('getBlockHeight')).toBe(1)
    await reader.read(SOLANA_MAINNET, askHeight)
    expect(silent.count('getBlockHeight')).toBe(1)
    clock.advance(30_001)
    await reader.read(SOLANA_MAINNET, askHeight)
    expect(silent.count('getBlockHeight')).toBe(2)
    expect(good.count('getBlockHeight')).toBe(3)
  })

  it('P60: a network without endpoints says which option is missing', async () => {
    const { reader } = readerOf([])
    await expect(failureOf(reader)).resolves.toMatchObject({
      code: 'rpc/unavailable',
      message: expect.stringContaining('rpcUrls')
    })
  })
})

describe('a node that asks for patience (429)', () => {
  const busyFor = (times: number, retryAfter?: string) =>
    startRpcServer((_, count) =>
      count > times
        ? { result: 7 }
        : (response) => response.writeHead(429, retryAfter ? { 'retry-after': retryAfter } : {}).end()
    )

  it('is waited for as long as it says', async () => {
    const node = await busyFor(2, '1')
    const { reader, clock } = readerOf(node.url)
    expect(await reader.read(SOLANA_MAINNET, askHeight)).toBe(7)
    expect(clock.sleeps).toEqual([1_000, 1_000])
  })

  it('is waited for half a second when it names no time', async () => {
    const { reader, clock } = readerOf((await busyFor(1)).url)
    await reader.read(SOLANA_MAINNET, askHeight)
    expect(clock.sleeps).toEqual([500])
  })

  it('is not waited for when another endpoint answers', async () => {
    const [busy, good] = [await busyFor(9, '1'), await startGoodNode()]
    const { reader, clock } = readerOf([busy.url, good.url])
    for (let call = 0; call < 3; call++) await reader.read(SOLANA_MAINNET, askHeight)
    expect(clock.sleeps).toEqual([])
    expect(busy.count('getBlockHeight')).toBe(1)
  })

  it('is given up when it asks for more than two seconds, or again and again', async () => {
    for (const [retryAfter, sleeps] of [
      ['3600', []],
      ['1', [1_000, 1_000, 1_000]]
    ] as const) {
      const { reader, clock } = readerOf((await busyFor(99, retryAfter)).url)
      await expect(failureOf(reader)).resolves.toMatchObject({ code: 'rpc/unavailable' })
      expect(clock.sleeps).toEqual(sleeps)
    }
  })
})

describe('an endpoint of another chain', () => {
  /** Names of other machines lead to the node of the test. */
  const through =
    (node: RpcServer): typeof fetch =>
    (_, init) =>
      fetch(node.url, init)

  it('is not believed, since it would call every payment unpaid', async () => {
    const node = await startRpcServer(({ method }) => ({
      result: method === 'getGenesisHash' ? 'EtWTRABZaYq6iMfeYKouRu166VU2xqa1wcaWoxPkrZBG' : 7
    }))
    await expect(
      failureOf(readerOf('https://rpc.example/secret', { fetch: through(node) }).reader)
    ).resolves.toMatchObject({
      code: 'rpc/unavailable',
      message: 'No RPC endpoint of Solana gave a usable answer: rpc.example serves Solana Devnet.'
    })
  })

  it('is told from the right one once, beside the first question', async () => {
    const node = await startRpcServer(({ method }) => ({ result: method === 'getGenesisHash' ? GENESIS : 7 }))
    const { reader } = readerOf('https://rpc.example/', { fetch: through(node) })
    for (let call = 0; call < 3; call++) expect(await reader.read(SOLANA_MAINNET, askHeight)).toBe(7)
    expect(node.count('getGenesisHash')).toBe(1)
  })

  it('on this machine is a local chain, which stands in for any', async () => {
    const node = await startGoodNode()
    await readerOf(node.url).reader.read(SOLANA_MAINNET, askHeight)
    expect(node.count('getGenesisHash')).toBe(0)
  })
})

it('an abort ends the read at once, with its own reason', async () => {
  const { reader } = readerOf([(await startSilentNode()).url])
  const stop = new AbortController()
  const reading = reader.read(SOLANA_MAINNET, askHeight, { signal: stop.signal })
  stop.abort(new RangeError('enough'))
  await expect(reading).rejects.toThrow('enough')
})

it('rejects an endpoint that is no URL, and does not show it', () => {
  for (const url of ['secret', 'ftp://secret', 'file:///secret']) {
    expect(() => readerOf(url)).toThrow(TypeError)
    expect(() => readerOf(url)).not.toThrow('secret')
  }
})

it('mainnet and devnet have public endpoints unless others are given', async () => {
  const asked: string[] = []
  const send: typeof fetch = async (url) => {
    asked.push(String(url))
    return Response.json({ result: `${SOLANA_DEVNET.slice(7)}x` })
  }
  await readerOf([], { fetch: send }).reader.read(SOLANA_DEVNET, askHeight)
  expect(new Set(asked)).toEqual(new Set(['https://api.devnet.solana.com']))
})

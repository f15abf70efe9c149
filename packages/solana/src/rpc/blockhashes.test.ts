import { SOLANA_MAINNET } from '@bursar/core'
import bs58 from 'bs58'
import { describe, expect, it, vi } from 'vitest'
import { atSlot, type RpcAnswer, type RpcCall, startRpcServer } from '../../test/rpc-server.js'
import { testClock } from '../../test/test-clock.js'
import { createBlockhashes } from './blockhashes.js'
import { createSolanaReader } from './chain-reader.js'

const hash = (seed: number): string => bs58.encode(new Uint8Array(32).fill(seed))
const HINT = hash(200)

/** A chain whose latest hash is another at every read: hash(1), hash(2) and so on. */
async function startChain(answer: (call: RpcCall, count: number) => RpcAnswer | undefined = () => undefined) {
  const node = await startRpcServer((call, count) => {
    const special = answer(call, count)
    if (special) return special
    if (call.method === 'isBlockhashValid') return atSlot(call.params[0] === HINT)
    return atSlot({ blockhash: hash(count), lastValidBlockHeight: 1_000 + count })
  })
  const clock = testClock()
  const reader = createSolanaReader({
    rpcUrls: { [SOLANA_MAINNET]: node.url },
    rpcTimeoutMs: 30_000,
    clock
  })
  const blockhashes = createBlockhashes(reader, { clock, slotTimeMs: 400 })
  const take = async (hint?: string): Promise<string> => (await blockhashes.recent(SOLANA_MAINNET, hint)).text
  return { node, clock, blockhashes, take }
}

/** Waits for what is read beside a payment. The limit only ends a test that hangs. */
const until = (holds: () => void | Promise<void>): Promise<void> =>
  vi.waitFor(holds, { timeout: 60_000, interval: 10 })

describe('our own blockhash', () => {
  it('is read once for 200 payments at a time, and not again while it is young', async () => {
    const { node, clock, take } = await startChain()
    const hashes = await Promise.all(Array.from({ length: 200 }, () => take()))
    clock.advance(19_999)
    hashes.push(await take())
    expect(new Set(hashes)).toEqual(new Set([hash(1)]))
    expect(node.calls).toEqual([{ method: 'getLatestBlockhash', params: [{ commitment: 'confirmed' }] }])
  })

  it('is renewed from 20 s on, without making a payment wait', async () => {
    const { clock, take } = await startChain()
    await take()
    clock.advance(20_000)
    expect(await take()).toBe(hash(1))
    await until(async () => expect(await take()).toBe(hash(2)))
  })

  it('is waited for once it is 30 s old', async () => {
    const { clock, take } = await startChain()
    await take()
    clock.advance(30_000)
    expect(await take()).toBe(hash(2))
  })

  it('is used up to 30 s through an outage, and no longer', async () => {
    const { node, clock, take } = await startChain((_, count) =>
      count > 1 ? (response) => response.writeHead(503).end() : undefined
    )
    await take()
    clock.advance(29_999)
    expect(await take()).toBe(hash(1))
    // The node is asked twice before it is given up.
    await until(() => expect(node.calls).toHaveLength(3))
    clock.advance(1)
    await expect(take()).rejects.toMatchObject({ code: 'rpc/unavailable' })
  })

  it('is not held for young because the clock was set back', async () => {
    const { clock, take } = await startChain()
    await take()
    clock.advance(-3_600_000)
    expect(await take()).toBe(hash(2))
  })

  it('is read again, at finalized, for a payment that replaces a dead one', async () => {
    const { node, blockhashes, take } = await startChain()
    await take()
    expect((await blockhashes.finalized(SOLANA_MAINNET)).text).toBe(hash(2))
    expect(node.calls.at(-1)?.params).toEqual([{ commitment: 'finalized' }])
  })

  it('of a caller that gave up is still there for the next', async () => {
    const { node, blockhashes, take } = await startChain()
    const stop = new AbortController()
    const given = blockhashes.recent(SOLANA_MAINNET, undefined, stop.signal)
    stop.abort()
    await expect(given).rejects.toThrow()
    expect(await take()).toBe(hash(1))
    expect(node.calls).toHaveLength(1)
  })

  it.each([
    ['no hash', { lastValidBlockHeight: 1 }],
    ['a hash of another length', { blockhash: 'abc', lastValidBlockHeight: 1 }],
    ['a height that is no number', { blockhash: hash(1), lastValidBlockHeight: '1' }],
    ['nothing', null]
  ])('is not believed when the node answers with %s', async (_, value) => {
    const { take } = await startChain(() => atSlot(value))
    await expect(take()).rejects.toMatchObject({ code: 'rpc/unavailable' })
  })
})

describe("a server's hint (extra.recentBlockhash)", () => {
  it('is used at once when nothing is known yet and the chain takes it', async () => {
    const { take } = await startChain()
    expect(await take(HINT)).toBe(HINT)
    expect(await take(HINT)).toBe(HINT)
  })

  it('lives as long as the chain says, not the server: as long as the latest hash of all', async () => {
    const { node, blockhashes } = await startChain(({ params: [config] }) =>
      JSON.stringify(config).includes('processed')
        ? atSlot({ blockhash: hash(99), lastValidBlockHeight: 5_000 })
        : undefined
    )
    const taken = await blockhashes.recent(SOLANA_MAINNET, HINT)
    expect(taken).toMatchObject({ text: HINT, lastValidBlockHeight: 5_000n })
    const order = node.calls
      .filter(({ params }) => !JSON.stringify(params).includes('getLatestBlockhash'))
      .map(({ method }) => method)
    expect(order.lastIndexOf('getLatestBlockhash')).toBeGreaterThan(order.indexOf('isBlockhashValid'))
  })

  it('makes no payment wait while ours is young: it is looked up beside, and used by the next', async () => {
    const { node, take } = await startChain()
    await take()
    expect(await take(HINT)).toBe(hash(1))
    await until(async () => expect(await take(HINT)).toBe(HINT))
    expect(node.count('isBlockhashValid')).toBe(1)
  })

  it('that the chain does not take is left aside', async () => {
    const { node, take } = await startChain()
    expect(await take(hash(201))).toBe(hash(1))
    await take(hash(201))
    await until(() => expect(node.count('isBlockhashValid')).toBe(2))
    expect(await take(hash(201))).toBe(hash(1))
  })

  it('that is one of ours costs nothing', async () => {
    const { node, blockhashes, take } = await startChain()
    await take()
    expect(await take(hash(1))).toBe(hash(1))
    // A look-up would have been sent before this.
    await blockhashes.finalized(SOLANA_MAINNET)
    expect(node.count('isBlockhashValid')).toBe(0)
  })

  it('is not used for longer than 20 s without asking again', async () => {
    const { clock, take } = await startChain(({ method }, count) =>
      method === 'isBlockhashValid' && count > 1 ? atSlot(false) : undefined
    )
    expect(await take(HINT)).toBe(HINT)
    clock.advance(20_000)
    expect(await take(HINT)).not.toBe(HINT)
  })

  it('is left aside when the node that knows the latest is behind the one that judged it', async () => {
    const { take } = await startChain(({ params: [config], method }) => {
      if (method === 'isBlockhashValid') return atSlot(true, 100)
      return JSON.stringify(config).includes('processed')
        ? atSlot({ blockhash: hash(99), lastValidBlockHeight: 5_000 }, 99)
        : undefined
    })
    expect(await take(HINT)).toBe(hash(1))
  })

  it('that cannot be looked up harms nothing', async () => {
    const { take } = await startChain(({ method }) =>
      method === 'isBlockhashValid' ? { error: { code: -1, message: '' } } : undefined
    )
    expect(await take(HINT)).toBe(hash(1))
  })

  it('of another server is never taken for it, when both are looked up at once', async () => {
    const { take } = await startChain()
    const [first, second] = await Promise.all([take(HINT), take(hash(201))])
    expect([first, second]).toEqual([HINT, expect.not.stringMatching(HINT)])
  })

  it('that changes with every offer makes us ask one at a time', async () => {
    const { node, blockhashes, take } = await startChain()
    await take()
    await Promise.all(Array.from({ length: 50 }, (_, index) => take(hash(100 + index))))
    await until(() => expect(node.count('isBlockhashValid')).toBe(1))
    await blockhashes.finalized(SOLANA_MAINNET)
    expect(node.count('isBlockhashValid')).toBe(1)
  })
})

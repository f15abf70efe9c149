import type { SignedSweep } from '@bursar/core'
import { createChainReader } from '@bursar/core/rpc'
import { describe, expect, test } from 'vitest'
import { sendSweep } from './send-sweep.js'

const signed: SignedSweep = {
  network: 'eip155:8453',
  from: '0xfrom',
  to: '0xto',
  amountAtomic: 1n,
  transaction: '0xhash',
  feePayer: '0xpayer',
  bytes: '0xbytes',
  endsAt: 7n
}

/** What a node says to a method: a result, or an error with these words. */
type Answers = Record<string, (params: readonly unknown[]) => unknown>

function refuse(code: number, details: string): never {
  throw Object.assign(new TypeError('The RPC node answered with an error'), { code, details })
}

/** Sends through a node on which the transaction has no receipt. */
function send(answers: Answers, isAgain = false) {
  let nowMs = 0
  const clock = {
    nowMs: () => nowMs,
    sleep: async (ms: number) => {
      nowMs += ms
    }
  }
  const all: Answers = {
    eth_getTransactionReceipt: () => null,
    eth_getTransactionCount: () => '0x7',
    ...answers
  }
  const request = async (method: string, params: readonly unknown[]) => all[method]?.(params)
  const reader = createChainReader({
    publicUrls: {},
    transports: { 'eip155:8453': { isLocal: false, request } },
    timeoutMs: 1_000,
    clock,
    readNetwork: async () => 'eip155:8453'
  })
  return sendSweep(reader, signed, { clock, isAgain })
}

describe('sending a sweep', () => {
  test('an internal error of the node leaves it unknown, since the node may have taken it', async () => {
    expect(await send({ eth_sendRawTransaction: () => refuse(-32603, 'Internal error') })).toEqual({
      status: 'unknown'
    })
  })

  for (const words of [
    'insufficient funds for gas * price + value',
    'intrinsic gas too low',
    'exceeds block gas limit',
    'invalid sender',
    'transaction underpriced: gas tip cap 0'
  ])
    test(`${words} is a refusal`, async () => {
      expect(await send({ eth_sendRawTransaction: () => refuse(-32000, words) })).toEqual({
        status: 'rejected',
        reason: words
      })
    })

  for (const words of [
    'AlreadyKnown',
    'already known',
    'known transaction: 0xhash',
    'nonce too low: next nonce 8, tx nonce 7',
    'replacement transaction underpriced'
  ])
    test(`${words} is no refusal`, async () => {
      expect(await send({ eth_sendRawTransaction: () => refuse(-32000, words) })).toEqual({
        status: 'unknown'
      })
    })

  /** A node's counts by block; a block that is not named is not known. */
  const counts =
    (byBlock: Record<string, string>) =>
    ([, block]: readonly unknown[]) =>
      byBlock[String(block)] ?? refuse(-32602, 'unknown block')

  test('is not dead while its number is used in the latest blocks only, of which a receipt may be missing', async () => {
    const eth_getTransactionCount = counts({ latest: '0x8', safe: '0x7', finalized: '0x7' })
    expect(await send({ eth_getTransactionCount }, true)).toEqual({ status: 'unknown' })
    expect(await send({ eth_getTransactionCount: counts({ latest: '0x8' }) }, true)).toEqual({
      status: 'unknown'
    })
  })

  test('is dead once its number is used in a finalized block, or in a safe one where that is not known', async () => {
    for (const byBlock of [{ finalized: '0x8' }, { safe: '0x8' }])
      expect(await send({ eth_getTransactionCount: counts(byBlock) }, true)).toEqual({ status: 'dead' })
    const behind = counts({ finalized: '0x7', safe: '0x8' })
    expect(await send({ eth_getTransactionCount: behind }, true)).toEqual({ status: 'unknown' })
  })

  test('has landed where there is a receipt, even when no block is known by these names', async () => {
    const landed = {
      eth_getTransactionCount: counts({}),
      eth_getTransactionReceipt: () => ({ status: '0x1', blockNumber: '0x10' }),
      eth_getBlockByNumber: () => ({ timestamp: '0x2' })
    }
    expect(await send(landed, true)).toEqual({ status: 'landed', atMs: 2000 })
  })
})

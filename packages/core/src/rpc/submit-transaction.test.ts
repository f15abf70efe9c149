import { describe, expect, test } from 'vitest'
import { createChainReader } from './chain-reader.js'
import { submitTransaction } from './submit-transaction.js'

/** Submits to nodes that answer the send one after another: with an error of JSON-RPC, or by taking it. */
function submitTo(...answers: readonly ({ code: number; details?: unknown } | 'taken')[]) {
  const left = [...answers]
  const request = async () => {
    const answer = left.length > 1 ? left.shift() : left[0]
    if (answer === 'taken') return '0x1'
    throw Object.assign(new TypeError('The RPC node answered with an error'), answer)
  }
  const reader = createChainReader({
    publicUrls: {},
    transports: { 'eip155:8453': { isLocal: false, request } },
    timeoutMs: 1_000,
    clock: { nowMs: () => 0, sleep: async () => undefined },
    readNetwork: async () => 'eip155:8453'
  })
  return submitTransaction(reader, {
    network: 'eip155:8453',
    method: 'send',
    params: ['bytes'],
    knownAlready: /already known/i,
    refused: /insufficient funds/i
  })
}

describe('handing a transaction to a node', () => {
  test('gives the words of a node that is known never to take it', async () => {
    expect(await submitTo({ code: -32000, details: 'insufficient funds for gas' })).toBe(
      'insufficient funds for gas'
    )
  })

  test('takes no other error for a refusal, since the node may have taken it before', async () => {
    expect(await submitTo({ code: -32603, details: 'Internal error' })).toBeUndefined()
    expect(await submitTo({ code: -32000 })).toBeUndefined()
    expect(await submitTo({ code: -32005, details: { words: 'insufficient funds' } })).toBeUndefined()
  })

  test('gives no refusal after an error that may have come once it was taken', async () => {
    const internal = { code: -32603, details: 'Internal error' }
    expect(await submitTo(internal, { code: -32000, details: 'insufficient funds' })).toBeUndefined()
  })

  test('counts one that a node has already as taken', async () => {
    expect(await submitTo({ code: -32000, details: 'Already known' })).toBeUndefined()
    expect(await submitTo('taken')).toBeUndefined()
  })
})

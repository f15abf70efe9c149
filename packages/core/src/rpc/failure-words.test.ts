import { describe, expect, it } from 'vitest'
import { failureWords } from './failure-words.js'

const node = { isLocal: false, host: 'rpc.example', request: async () => undefined }
const wrapped = (cause: unknown): Error => new Error('viem says', { cause })

describe('what a node did instead of answering', () => {
  it.each([
    [undefined, 'rpc.example limits its rate'],
    [{ status: 429 }, 'rpc.example limits its rate'],
    [{ status: 401 }, 'rpc.example answered with the HTTP status 401'],
    [{ serves: 'eip155:1' }, 'rpc.example serves Ethereum'],
    [{ serves: 'eip155:1337' }, 'rpc.example serves eip155:1337'],
    [{ serves: 'eip155:1\n\nForged: line' }, 'rpc.example gave no usable answer'],
    [{ name: 'TimeoutError' }, 'rpc.example did not answer in time'],
    [Object.assign(new TypeError('secret'), { code: -32_016 }), 'rpc.example answered with the error -32016'],
    [wrapped({ code: 'ECONNREFUSED' }), 'rpc.example cannot be reached (ECONNREFUSED)'],
    [new TypeError('fetch failed', { cause: new Error('secret') }), 'rpc.example cannot be reached'],
    [wrapped({ code: 'https://secret' }), 'rpc.example gave no usable answer'],
    [new SyntaxError('secret'), 'rpc.example gave no usable answer'],
    ['secret', 'rpc.example gave no usable answer']
  ])('P60: is said of %o: %s, also when a library wraps it', (error, words) => {
    expect(failureWords(node, error)).toBe(words)
    if (error !== undefined) expect(failureWords(node, wrapped(error))).toBe(words)
  })

  it('names no host where a client was given, which has none to show', () => {
    expect(failureWords({ ...node, host: undefined }, { status: 500 })).toMatch(
      /^The client given for it answered/
    )
  })

  it.each([
    ['0123456789abcdef01234567.rpc.example', '….rpc.example limits its rate'],
    [
      'clean-misty-arrow-of-gold.base-mainnet.example:8443',
      'clean-misty-arrow-of-gold.base-mainnet.example:8443 limits its rate'
    ],
    ['127.0.0.1:8545', '127.0.0.1:8545 limits its rate'],
    ['[::1]:8545', '[::1]:8545 limits its rate']
  ])('shows of the host %s what cannot be a key: %s', (host, words) => {
    expect(failureWords({ ...node, host }, undefined)).toBe(words)
  })
})

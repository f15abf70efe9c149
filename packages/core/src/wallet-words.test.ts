import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { walletWords } from './wallet-words.js'

const key = `0x${'1f'.repeat(32)}`
const signature = `0x${'ab'.repeat(65)}`

describe('X117: what a wallet said when it refused', () => {
  it.each<[string, unknown, string | undefined]>([
    ['an error', new Error('User rejected the request.'), 'User rejected the request.'],
    ['a text', 'denied by policy', 'denied by policy'],
    ['an object', { code: 4001, message: 'Not today' }, 'Not today'],
    [
      'the short message of viem and ethers',
      Object.assign(new Error(`long\nRequest body: ${signature}`), { shortMessage: 'HTTP request failed.' }),
      'HTTP request failed.'
    ],
    ['several lines', new Error('one\n\ttwo\u202e'), 'one two'],
    ['nothing', undefined, undefined],
    ['an empty error', new Error(''), undefined],
    ['no text', { message: 7 }, undefined]
  ])('is told: %s', (_, thrown, said) => {
    expect(walletWords(thrown)).toBe(said)
  })

  it('is bounded', () => {
    expect(walletWords(new Error('no, '.repeat(10_000)))).toHaveLength(200)
  })

  it.each([
    ['a key', `bad key ${key}`, 'bad key …'],
    ['a key without 0x', `bad key ${key.slice(2)}!`, 'bad key …!'],
    ['a signature', `made ${signature} too late`, 'made … too late'],
    ['a Solana key', `key ${'5J'.repeat(44)}`, 'key …'],
    ['a payment header', `sent ${'eyJ4NDAyVmVyc2lvbiI6Mn0'.repeat(4)}==`, 'sent …'],
    ['the key in a URL', 'POST https://user:pw@rpc.example/v2/KEY?a=b failed', 'POST rpc.example failed'],
    ['a credential', 'apiKey=abc123 refused; Bearer xyz', 'apiKey … refused; Bearer …']
  ])('never shows %s', (_, said, shown) => {
    expect(walletWords(new Error(said))?.replace(' …;', ' …')).toBe(shown)
  })

  it('names an address, which is no secret', () => {
    const said = `from 0x${'ab'.repeat(20)} is not allowed`
    expect(walletWords(new Error(said))).toBe(said)
  })

  it('never shows 64 digits of hex in a row, whatever stands around them', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        expect(walletWords(`${before}${key}${after}`) ?? '').not.toContain(key.slice(2, 62))
      })
    )
  })

  it('survives an error that cannot be read', () => {
    const thrown = new Proxy(
      {},
      {
        get() {
          throw new TypeError('no')
        }
      }
    )
    expect(walletWords(thrown)).toBeUndefined()
  })
})

import { Keypair } from '@solana/web3.js'
import bs58 from 'bs58'
import { describe, expect, it } from 'vitest'
import { createAuthorizer } from './create-authorizer.js'
import { readSecretKey } from './secret-key.js'

const keypair = Keypair.generate()
const { secretKey } = keypair
const address = keypair.publicKey.toBase58()

describe('a secret key', () => {
  it.each([
    ['base58 of 64 bytes', bs58.encode(secretKey)],
    ['base58 of a 32-byte seed', bs58.encode(secretKey.slice(0, 32))],
    ['the JSON array that solana-keygen writes', JSON.stringify([...secretKey])],
    [
      'a JSON array with spaces and a line break',
      `${JSON.stringify([...secretKey]).replaceAll(',', ', ')}\n`
    ],
    ['numbers', [...secretKey]],
    ['bytes', secretKey],
    ['a seed as bytes', secretKey.slice(0, 32)],
    ['a Keypair of web3.js', keypair]
  ])('is taken as %s', async (_, account) => {
    expect((await createAuthorizer(account).address()).text).toBe(address)
  })

  it('of the caller is left as it was', () => {
    const given = secretKey.slice()
    createAuthorizer(given)
    expect(given).toEqual(secretKey)
  })

  it.each([
    ['nothing', ''],
    ['other text', 'hunter2-secret'],
    ['hex', Buffer.from(secretKey).toString('hex')],
    ['an array that is cut off', JSON.stringify([...secretKey]).slice(0, -1)],
    ['an array of 63', JSON.stringify([...secretKey.slice(0, 63)])],
    ['numbers above a byte', [...secretKey.slice(0, 63), 256]],
    ['fractions', [...secretKey.slice(0, 63), 1.5]],
    ['text in an array', JSON.stringify([...secretKey.slice(0, 63), '1'])],
    ['too long a text', '1'.repeat(100_000)],
    ['bytes of another length', secretKey.slice(0, 31)]
  ])('is rejected when it is %s, and not shown', (_, secret) => {
    expect(() => readSecretKey(secret)).toThrow(TypeError)
    try {
      readSecretKey(secret)
    } catch (error) {
      expect((error as Error).message).toMatch(/^The Solana secret key must be 64 bytes/)
      expect((error as Error).cause).toBeUndefined()
    }
  })

  it('is rejected when its halves do not belong together, and not shown', () => {
    const damaged = secretKey.slice()
    damaged[40] = (damaged[40] ?? 0) ^ 1
    expect(() => createAuthorizer(damaged)).toThrow(/halves/)
  })
})

it('anything else is no account', () => {
  for (const account of [undefined, null, 7, {}, { publicKey: keypair.publicKey }, () => {}]) {
    expect(() => createAuthorizer(account as never)).toThrow(TypeError)
  }
})

import fc from 'fast-check'
import { expect, it } from 'vitest'
import * as node from '../crypto-node.js'
import * as web from '../crypto-web.js'
import { nativePublicKeyOf } from './native-public-key.js'
import { publicKeyOf } from './public-keys.js'

const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n
const keyOf = (scalar: bigint) => Buffer.from(scalar.toString(16).padStart(64, '0'), 'hex')
const key = fc.bigInt({ min: 1n, max: ORDER - 1n }).map(keyOf)

it('gives the public key that JavaScript gives, of every key', async () => {
  await fc.assert(
    fc.asyncProperty(key, async (secret) => {
      const expected = publicKeyOf(secret)
      expect(nativePublicKeyOf(secret)).toEqual(expected)
      expect(await node.publicKeyOf(secret)).toEqual(expected)
      expect(await web.publicKeyOf(secret)).toEqual(expected)
    }),
    { numRuns: 200, examples: [[keyOf(1n)], [keyOf(ORDER - 1n)]] }
  )
})

it.each([0n, ORDER, 2n ** 256n - 1n])('gives none of %s, which is no key', async (scalar) => {
  expect(nativePublicKeyOf(keyOf(scalar))).toBeUndefined()
  await expect(node.publicKeyOf(keyOf(scalar))).rejects.toThrow()
})

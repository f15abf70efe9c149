import fc from 'fast-check'
import { expect, it } from 'vitest'
import * as node from './public-key-node.js'
import * as web from './public-key-web.js'

const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n
const keyOf = (scalar: bigint) => Buffer.from(scalar.toString(16).padStart(64, '0'), 'hex')

it('is the same by the platform and in JavaScript, of every key', async () => {
  await fc.assert(
    fc.asyncProperty(fc.bigInt({ min: 1n, max: ORDER - 1n }).map(keyOf), async (secret) => {
      expect(await node.publicKeyOf(secret)).toEqual(await web.publicKeyOf(secret))
    }),
    { numRuns: 200, examples: [[keyOf(1n)], [keyOf(ORDER - 1n)]] }
  )
})

it.each([0n, ORDER, 2n ** 256n - 1n])('there is none of %s', async (scalar) => {
  await expect(node.publicKeyOf(keyOf(scalar))).rejects.toThrow()
  await expect(web.publicKeyOf(keyOf(scalar))).rejects.toThrow()
})

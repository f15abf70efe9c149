import { Keypair } from '@solana/web3.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ed25519 as node } from '../ed25519-node.js'
import { ed25519 as web } from '../ed25519-web.js'
import { nobleEd25519 } from './noble.js'
import { hasWebCryptoEd25519, webCryptoEd25519 } from './web-crypto.js'

const seed = fc.uint8Array({ minLength: 32, maxLength: 32 })
const message = fc.uint8Array({ maxLength: 1232 })
const platforms = { node, webCrypto: webCryptoEd25519, noble: nobleEd25519, web }

describe('Ed25519', () => {
  it('gives the same keys and signatures on every platform, and they are those of web3.js', async () => {
    expect(await hasWebCryptoEd25519()).toBe(true)
    await fc.assert(
      fc.asyncProperty(seed, message, async (secret, text) => {
        const expected = Keypair.fromSeed(secret)
        const signatures = new Set<string>()
        for (const platform of Object.values(platforms)) {
          const given = secret.slice()
          const pair = await platform.keyPair(given)
          expect(given.every((byte) => byte === 0)).toBe(true)
          expect(new Uint8Array(pair.publicKey)).toEqual(new Uint8Array(expected.publicKey.toBytes()))
          const signature = await pair.sign(text)
          signatures.add(Buffer.from(signature).toString('hex'))
          for (const platform of Object.values(platforms)) {
            expect(await platform.verify(pair.publicKey, text, signature)).toBe(true)
          }
        }
        expect(signatures.size).toBe(1)
      }),
      { numRuns: 25 }
    )
  })

  it('verifies nothing that was signed by another key or says something else', async () => {
    await fc.assert(
      fc.asyncProperty(seed, seed, message, async (one, two, text) => {
        fc.pre(Buffer.compare(one, two) !== 0)
        const [mine, other] = [await node.keyPair(one.slice()), await node.keyPair(two.slice())]
        const signature = await mine.sign(text)
        for (const platform of Object.values(platforms)) {
          expect(await platform.verify(other.publicKey, text, signature)).toBe(false)
          expect(await platform.verify(mine.publicKey, Uint8Array.of(...text, 1), signature)).toBe(false)
        }
      }),
      { numRuns: 10 }
    )
  })
})

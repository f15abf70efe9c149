import { Keypair } from '@solana/web3.js'
import { expect, it } from 'vitest'
import { keypairOfSecretKey, keypairOfSeed } from './keypair-of.js'

it('P86: makes the keypair that web3.js makes, of a seed and of a secret key', () => {
  for (let round = 0; round < 20; round++) {
    const seed = crypto.getRandomValues(new Uint8Array(32))
    const { secretKey, publicKey } = Keypair.fromSeed(seed)
    for (const made of [keypairOfSeed(seed), keypairOfSecretKey(secretKey)])
      expect([made.publicKey.toBase58(), made.secretKey]).toEqual([publicKey.toBase58(), secretKey])
  }
})

it('rejects a key of another length, and one whose public key is of another seed', () => {
  const { secretKey } = Keypair.fromSeed(new Uint8Array(32).fill(1))
  expect(() => keypairOfSecretKey(secretKey.subarray(0, 32))).toThrow('not 32')
  expect(() => keypairOfSecretKey(secretKey.with(63, 0))).toThrow('the public key of the first 32')
})

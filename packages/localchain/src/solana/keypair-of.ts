import { createPrivateKey, createPublicKey } from 'node:crypto'
import { Keypair } from '@solana/web3.js'

/** How a PKCS #8 file of an Ed25519 key begins. @see RFC 8410, section 7 */
const PKCS8_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex')
const SEED_BYTES = 32

/**
 * The keypair of a seed. Node derives the public key in a millisecond; web3.js prepares tables for its signatures first,
 * which takes sixty, and a stack may never sign on Solana.
 *
 * @param seed 32 bytes.
 */
export function keypairOfSeed(seed: Uint8Array): Keypair {
  const pkcs8 = Buffer.concat([PKCS8_HEAD, seed])
  const privateKey = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' })
  const spki = createPublicKey(privateKey).export({ format: 'der', type: 'spki' })
  const secretKey = new Uint8Array([...seed, ...spki.subarray(-SEED_BYTES)])
  return Keypair.fromSecretKey(secretKey, { skipValidation: true })
}

/**
 * The keypair of a secret key.
 *
 * @param secretKey 64 bytes: the seed, and its public key.
 * @throws {TypeError} when it is not that.
 */
export function keypairOfSecretKey(secretKey: Uint8Array): Keypair {
  if (secretKey.length !== 2 * SEED_BYTES)
    throw new TypeError(`A secret key of Solana has 64 bytes, not ${secretKey.length}`)
  const keypair = keypairOfSeed(secretKey.subarray(0, SEED_BYTES))
  if (!keypair.secretKey.every((byte, index) => byte === secretKey[index]))
    throw new TypeError('The last 32 bytes of a secret key of Solana are the public key of the first 32')
  return keypair
}

import { Keypair } from '@solana/web3.js'
import { readSecretKey } from '../account/secret-key.js'

/**
 * Builds a web3.js `Keypair` from a secret key in any of its spellings: base58 or `solana-keygen`'s JSON array as text,
 * numbers or bytes; 64 bytes or a 32-byte seed.
 *
 * @example
 * ```ts
 * const { publicKey } = toKeypair(process.env.SOLANA_SECRET_KEY ?? '')
 * ```
 * @throws {TypeError} when it is malformed. The message does not show it.
 */
export function toKeypair(secret: string | readonly number[] | Uint8Array): Keypair {
  const bytes = readSecretKey(secret)
  if (bytes.length === 32) return Keypair.fromSeed(bytes)
  try {
    return Keypair.fromSecretKey(bytes)
  } catch {
    throw new TypeError(
      'The two halves of the Solana secret key do not belong together (its value is not shown)'
    )
  }
}

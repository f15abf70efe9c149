import { readSolanaKey } from '@bursar/core/solana-key'
import bs58 from 'bs58'

/** Reads a secret key. @returns a copy of its bytes. @throws {TypeError} whose message shows no digit of it. */
export function readSecretKey(secret: string | readonly number[] | Uint8Array): Uint8Array {
  return readSolanaKey(secret, (text) => bs58.decodeUnsafe(text))
}

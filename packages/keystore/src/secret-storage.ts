import { createCipheriv, createDecipheriv, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto'
import { keccak_256 } from '@noble/hashes/sha3.js'
import { DERIVED_LENGTH, readDerivation, scryptDerivation } from './key-derivation.js'
import { wrongPassphrase } from './key-error.js'
import { StoredFields } from './stored-fields.js'

/** An encrypted key: version 3 of Ethereum's Web3 Secret Storage, for Solana's keys as well. */
export interface SecretStorage {
  readonly version: 3
  readonly id: string
  readonly crypto: {
    readonly cipher: 'aes-128-ctr'
    readonly cipherparams: { readonly iv: string }
    readonly ciphertext: string
    readonly kdf: 'scrypt'
    readonly kdfparams: Readonly<Record<string, number | string>>
    readonly mac: string
  }
}

const CIPHER = 'aes-128-ctr'
/** What geth and others use: about 128 MB and half a second for each guess of a passphrase. */
const SCRYPT_COST = 2 ** 17
const SCRYPT_BLOCK = 8

/**
 * Encrypts a key.
 *
 * @param cost scrypt's N, a power of two.
 * @see https://ethereum.org/developers/docs/data-structures-and-encoding/web3-secret-storage
 */
export async function encryptKey(
  key: Uint8Array,
  passphrase: string,
  cost = SCRYPT_COST
): Promise<SecretStorage> {
  const [salt, iv] = [randomBytes(32), randomBytes(16)]
  const scrypt = { n: cost, r: SCRYPT_BLOCK, p: 1 }
  const derived = await scryptDerivation(scrypt, salt)(passphrase.normalize('NFKC'))
  const cipher = createCipheriv(CIPHER, encryptionKey(derived), iv)
  const ciphertext = Buffer.concat([cipher.update(key), cipher.final()])
  return {
    version: 3,
    id: randomUUID(),
    crypto: {
      cipher: CIPHER,
      cipherparams: { iv: iv.toString('hex') },
      ciphertext: ciphertext.toString('hex'),
      kdf: 'scrypt',
      kdfparams: { dklen: DERIVED_LENGTH, ...scrypt, salt: salt.toString('hex') },
      mac: macOf(derived, ciphertext).toString('hex')
    }
  }
}

/** A key file to decrypt. */
export interface EncryptedKey {
  /** The file's JSON. */
  readonly stored: unknown
  /** The file's path, for errors. */
  readonly path: string
}

/**
 * Decrypts a key, also one that geth, ethers or another program wrote.
 *
 * @throws {BursarError} `key/passphrase-wrong`; `key/damaged` also when the file asks for too much time or memory.
 */
export async function decryptKey(file: EncryptedKey, passphrase: string): Promise<Uint8Array> {
  return decryptDerived(file, await deriveKey(file, passphrase))
}

/**
 * Derives what opens this file from its passphrase, which takes half a second. It opens no other file, and says nothing of
 * the passphrase.
 *
 * @throws {BursarError} `key/passphrase-wrong`, `key/damaged`
 */
export async function deriveKey({ stored, path }: EncryptedKey, passphrase: string): Promise<Uint8Array> {
  const { ciphertext, mac, derive } = readCrypto(new StoredFields(stored, path))
  const derived = await derive(passphrase.normalize('NFKC'))
  if (!isMacOf(derived, ciphertext, mac)) throw wrongPassphrase(path)
  return new Uint8Array(derived)
}

/** Decrypts a key with what was derived for its file. @throws {BursarError} `key/passphrase-wrong`, `key/damaged` */
export function decryptDerived({ stored, path }: EncryptedKey, derived: Uint8Array): Uint8Array {
  const { iv, ciphertext, mac } = readCrypto(new StoredFields(stored, path))
  if (!isMacOf(derived, ciphertext, mac)) throw wrongPassphrase(path)
  const decipher = createDecipheriv(CIPHER, encryptionKey(derived), iv)
  return new Uint8Array(Buffer.concat([decipher.update(ciphertext), decipher.final()]))
}

/** What tells an encryption from every other: hex, and no secret. Another passphrase makes another. @throws {BursarError} `key/damaged` */
export function encryptionId({ stored, path }: EncryptedKey): string {
  return readCrypto(new StoredFields(stored, path)).mac.toString('hex')
}

function readCrypto(stored: StoredFields) {
  if (stored.isTrue('watchOnly')) throw stored.watchOnly()
  if (stored.count('version') !== 3) throw stored.damaged('it is not of version 3')
  // Old files of geth write it with a capital letter.
  const crypto = stored.object(stored.has('crypto') ? 'crypto' : 'Crypto')
  if (crypto.text('cipher') !== CIPHER) throw crypto.damaged('its cipher is unknown')
  const iv = crypto.object('cipherparams').hex('iv')
  if (iv.length !== 16) throw crypto.damaged('its iv does not have 16 bytes')
  return { iv, ciphertext: crypto.hex('ciphertext'), mac: crypto.hex('mac'), derive: readDerivation(crypto) }
}

function encryptionKey(derived: Uint8Array): Uint8Array {
  return derived.subarray(0, 16)
}

function isMacOf(derived: Uint8Array, ciphertext: Buffer, mac: Buffer): boolean {
  return mac.length === 32 && timingSafeEqual(macOf(derived, ciphertext), mac)
}

function macOf(derived: Uint8Array, ciphertext: Buffer): Buffer {
  return Buffer.from(keccak_256(Buffer.concat([derived.subarray(16, 32), ciphertext])))
}

import {
  createCipheriv,
  createDecipheriv,
  pbkdf2,
  randomBytes,
  randomUUID,
  scrypt,
  timingSafeEqual
} from 'node:crypto'
import { promisify } from 'node:util'
import { isJsonObject } from '@bursar/core'
import { scryptAsync } from '@noble/hashes/scrypt.js'
import { keccak_256 } from '@noble/hashes/sha3.js'

/** A key, encrypted. Version 3 of Ethereum's Web3 Secret Storage, for Solana's keys as well. */
export interface SecretStorage {
  readonly version: 3
  readonly id: string
  readonly crypto: {
    readonly cipher: 'aes-128-ctr'
    readonly cipherparams: { readonly iv: string }
    readonly ciphertext: string
    readonly kdf: 'scrypt' | 'pbkdf2'
    readonly kdfparams: Readonly<Record<string, number | string>>
    readonly mac: string
  }
}

/** What geth and others take: some 128 MB and half a second for each guess. */
const COST = 2 ** 17
const BLOCK = 8
/** What a file may ask of this machine before anything is known of it. */
const MAX_SCRYPT_BYTES = 1024 * 1024 * 1024
const MAX_ROUNDS = 10_000_000

const scryptOf = promisify<string, Buffer, number, object, Buffer>(scrypt)
const pbkdf2Of = promisify(pbkdf2)

/**
 * Encrypts a key.
 *
 * @param cost scrypt's N, a power of two.
 * @see https://ethereum.org/developers/docs/data-structures-and-encoding/web3-secret-storage
 */
export async function encryptKey(key: Uint8Array, passphrase: string, cost = COST): Promise<SecretStorage> {
  const [salt, iv] = [randomBytes(32), randomBytes(16)]
  const kdfparams = { dklen: 32, n: cost, r: BLOCK, p: 1, salt: salt.toString('hex') }
  const derived = await scryptOf(passphrase.normalize('NFKC'), salt, 32, limitsFor(cost, BLOCK, 1))
  const cipher = createCipheriv('aes-128-ctr', derived.subarray(0, 16), iv)
  const ciphertext = Buffer.concat([cipher.update(key), cipher.final()])
  return {
    version: 3,
    id: randomUUID(),
    crypto: {
      cipher: 'aes-128-ctr',
      cipherparams: { iv: iv.toString('hex') },
      ciphertext: ciphertext.toString('hex'),
      kdf: 'scrypt',
      kdfparams,
      mac: macOf(derived, ciphertext).toString('hex')
    }
  }
}

/**
 * Decrypts a key, also one that geth, ethers or another wrote.
 *
 * @throws {TypeError} when the passphrase is another, or the file is damaged or asks for more than it may.
 */
export async function decryptKey(stored: unknown, passphrase: string): Promise<Uint8Array> {
  const { cipher, iv, ciphertext, mac, derive } = read(stored)
  const derived = await derive(passphrase.normalize('NFKC'))
  if (mac.length !== 32 || !timingSafeEqual(macOf(derived, ciphertext), mac))
    throw new TypeError('The passphrase is another, or the file is damaged')
  const decipher = createDecipheriv(cipher, derived.subarray(0, 16), iv)
  return new Uint8Array(Buffer.concat([decipher.update(ciphertext), decipher.final()]))
}

function macOf(derived: Buffer, ciphertext: Buffer): Buffer {
  return Buffer.from(keccak_256(Buffer.concat([derived.subarray(16, 32), ciphertext])))
}

function read(stored: unknown) {
  const crypto = isJsonObject(stored) ? (stored.crypto ?? stored.Crypto) : undefined
  if (!isJsonObject(stored) || stored.version !== 3 || !isJsonObject(crypto))
    throw damaged('it is not of version 3')
  const { cipher, cipherparams, ciphertext, kdf, kdfparams, mac } = crypto
  if (cipher !== 'aes-128-ctr' || !isJsonObject(cipherparams) || !isJsonObject(kdfparams))
    throw damaged('its cipher is not known')
  const salt = bytesOf(kdfparams.salt)
  if (kdfparams.dklen !== 32) throw damaged('its key length is not known')
  const iv = bytesOf(cipherparams.iv)
  if (iv.length !== 16) throw damaged('its iv is not 16 bytes')
  const derive =
    kdf === 'scrypt' ? byScrypt(kdfparams, salt) : kdf === 'pbkdf2' ? byPbkdf2(kdfparams, salt) : undefined
  if (!derive) throw damaged('how its key is derived is not known')
  return { cipher, iv, ciphertext: bytesOf(ciphertext), mac: bytesOf(mac), derive }
}

type Derive = (passphrase: string) => Promise<Buffer>

function byScrypt({ n, r, p }: Readonly<Record<string, unknown>>, salt: Buffer): Derive {
  const [cost, block, parallel] = [countOf(n), countOf(r), countOf(p)]
  if (128 * cost * block * parallel > MAX_SCRYPT_BYTES || (cost & (cost - 1)) !== 0)
    throw damaged('it asks for more memory than it may')
  // RFC 7914 rules such parameters out, and OpenSSL with it; the definition's own test vector has them.
  if (Math.log2(cost) >= 16 * block)
    return async (passphrase) =>
      Buffer.from(await scryptAsync(passphrase, salt, { N: cost, r: block, p: parallel, dkLen: 32 }))
  return (passphrase) => scryptOf(passphrase, salt, 32, limitsFor(cost, block, parallel))
}

function byPbkdf2({ c, prf }: Readonly<Record<string, unknown>>, salt: Buffer): Derive {
  const rounds = countOf(c)
  if (prf !== 'hmac-sha256' || rounds > MAX_ROUNDS) throw damaged('how its key is derived is not known')
  return (passphrase) => pbkdf2Of(passphrase, salt, rounds, 32, 'sha256')
}

/** Node takes 32 MB unless it is told otherwise. */
function limitsFor(N: number, r: number, p: number) {
  return { N, r, p, maxmem: 128 * N * r * p + 1024 * 1024 }
}

function countOf(value: unknown): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 1)
    throw damaged('a parameter is no number')
  return value
}

function bytesOf(value: unknown): Buffer {
  if (typeof value !== 'string' || !/^(?:0x)?(?:[0-9a-f]{2})+$/i.test(value))
    throw damaged('a field is no hex')
  return Buffer.from(value.replace(/^0x/, ''), 'hex')
}

function damaged(why: string): TypeError {
  return new TypeError(`The key file cannot be read: ${why}`)
}

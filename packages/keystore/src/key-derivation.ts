import { pbkdf2, scrypt } from 'node:crypto'
import { promisify } from 'node:util'
import type { StoredFields } from './stored-fields.js'

const scryptOf = promisify<string, Buffer, number, object, Buffer>(scrypt)
const pbkdf2Of = promisify(pbkdf2)

/** Bytes of a derived key: the first half encrypts, the second half proves the passphrase. */
export const DERIVED_LENGTH = 32
/** Bounds on what a file may ask of this machine before anything is known about it. */
const MAX_SCRYPT_BYTES = 1024 * 1024 * 1024
const MAX_ROUNDS = 10_000_000

/** Derives a key from a passphrase. */
export type Derive = (passphrase: string) => Promise<Buffer>

/** The parameters of scrypt by their names in RFC 7914. */
export interface ScryptCost {
  readonly n: number
  readonly r: number
  readonly p: number
}

/** Derives by scrypt. @see https://datatracker.ietf.org/doc/html/rfc7914 */
export function scryptDerivation({ n, r, p }: ScryptCost, salt: Buffer): Derive {
  // The RFC and OpenSSL rule such parameters out, but the test vector of Web3 Secret Storage has them.
  if (Math.log2(n) >= 16 * r)
    return async (passphrase) => {
      const { scryptAsync } = await import('@noble/hashes/scrypt.js')
      return Buffer.from(await scryptAsync(passphrase, salt, { N: n, r, p, dkLen: DERIVED_LENGTH }))
    }
  // Node allows 32 MB unless it is given another bound.
  const options = { N: n, r, p, maxmem: 128 * n * r * p + 1024 * 1024 }
  return (passphrase) => scryptOf(passphrase, salt, DERIVED_LENGTH, options)
}

/** Reads how the key of a file is derived. @throws {BursarError} `key/damaged` */
export function readDerivation(fields: StoredFields): Derive {
  const kdf = fields.text('kdf')
  const params = fields.object('kdfparams')
  const salt = params.hex('salt')
  if (params.count('dklen') !== DERIVED_LENGTH) throw params.damaged('its key length is unknown')
  if (kdf === 'scrypt') return readScrypt(params, salt)
  if (kdf === 'pbkdf2') return readPbkdf2(params, salt)
  throw fields.damaged('it names no known way to derive its key')
}

function readScrypt(params: StoredFields, salt: Buffer): Derive {
  const cost = { n: params.count('n'), r: params.count('r'), p: params.count('p') }
  if (128 * cost.n * cost.r * cost.p > MAX_SCRYPT_BYTES)
    throw params.damaged('it asks for more memory than is allowed')
  const isPowerOfTwo = cost.n > 1 && (cost.n & (cost.n - 1)) === 0
  if (!isPowerOfTwo) throw params.damaged('its n is not a power of two')
  return scryptDerivation(cost, salt)
}

function readPbkdf2(params: StoredFields, salt: Buffer): Derive {
  const rounds = params.count('c')
  if (params.text('prf') !== 'hmac-sha256' || rounds > MAX_ROUNDS)
    throw params.damaged('it names no known way to derive its key')
  return (passphrase) => pbkdf2Of(passphrase, salt, rounds, DERIVED_LENGTH, 'sha256')
}

import { ByteReader, shortLength } from './byte-reader.js'

/** Bytes of an Ed25519 signature. */
const SIGNATURE_BYTES = 64
/** The most that the network carries. */
const MAX_TRANSACTION_BYTES = 1232

/** One instruction as the bytes say it, its accounts looked up. */
export interface ReadInstruction {
  readonly program: Uint8Array
  readonly accounts: readonly Uint8Array[]
  readonly data: Uint8Array
}

/** A transaction as its bytes say it. All are views of those bytes. */
export interface ReadTransaction {
  readonly signatures: readonly Uint8Array[]
  /** What is signed. */
  readonly message: Uint8Array
  readonly accounts: readonly Uint8Array[]
  /** How many of the accounts sign; they come first. */
  readonly signers: number
  /** How many of those are not written to; they are the last of the signers. */
  readonly readonlySigners: number
  /** How many of the rest are not written to; they come last. */
  readonly readonlyOthers: number
  readonly blockhash: Uint8Array
  readonly instructions: readonly ReadInstruction[]
}

/**
 * Reads a v0 transaction without lookup tables, to its last byte.
 *
 * @throws {RangeError} when it is anything else.
 */
export function readTransaction(bytes: Uint8Array): ReadTransaction {
  if (bytes.length > MAX_TRANSACTION_BYTES) throw new RangeError('The transaction is too large')
  const reader = new ByteReader(bytes)
  const signatures = readMany(reader, () => reader.take(SIGNATURE_BYTES))
  const message = bytes.subarray(reader.at)
  if (reader.byte() !== 0x80) throw new RangeError('The transaction is not of version 0')
  const [signers, readonlySigners, readonlyOthers] = [reader.byte(), reader.byte(), reader.byte()]
  if (signers !== signatures.length) throw new RangeError('The transaction has another number of signatures')
  const accounts = readMany(reader, () => reader.take(32))
  const account = (): Uint8Array => {
    const found = accounts[reader.byte()]
    if (!found) throw new RangeError('The transaction names an account that it does not list')
    return found
  }
  const blockhash = reader.take(32)
  const instructions = readMany(reader, () => ({
    program: account(),
    accounts: readMany(reader, account),
    data: reader.take(reader.shortLength())
  }))
  if (reader.byte() !== 0) throw new RangeError('The transaction has a lookup table')
  if (!reader.atEnd) throw new RangeError('The transaction does not end where it should')
  return { signatures, message, accounts, signers, readonlySigners, readonlyOthers, blockhash, instructions }
}

/**
 * Reads only the signatures, of a transaction of any version.
 *
 * @throws {RangeError}
 */
export function readSignatures(bytes: Uint8Array): readonly Uint8Array[] {
  const reader = new ByteReader(bytes)
  return readMany(reader, () => reader.take(SIGNATURE_BYTES))
}

/** A transaction of a message, with room for its signatures. */
export function buildTransaction(signers: number, message: Uint8Array): Uint8Array {
  const prefix = shortLength(signers)
  const bytes = new Uint8Array(prefix.length + signers * SIGNATURE_BYTES + message.length)
  bytes.set(prefix)
  bytes.set(message, bytes.length - message.length)
  return bytes
}

/** The offset of a signer's signature: lengths below 128 take one byte. */
export function signatureAt(signer: number): number {
  return 1 + signer * SIGNATURE_BYTES
}

function readMany<Value>(reader: ByteReader, read: () => Value): Value[] {
  const values: Value[] = []
  for (let left = reader.shortLength(); left > 0; left--) values.push(read())
  return values
}

/** Whether two runs of bytes are the same. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false
  return true
}

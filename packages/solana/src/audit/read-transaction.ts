import { isJsonObject, type JsonObject, type JsonValue } from '@bursar/core'
import { sha256 } from '@noble/hashes/sha2.js'
import bs58 from 'bs58'
import { CONFIRMED, malformedAnswer } from '../rpc/account-info.js'
import type { Rpc } from '../rpc/endpoint.js'
import { decodeBase64 } from '../wire/base64.js'
import { readSignatures, signatureAt } from '../wire/transaction.js'

/** A transaction that is in a block. */
export interface LandedTransaction {
  /** SHA-256 of its message, base58, which is what names a payment. */
  readonly reference: string
  readonly succeeded: boolean
  /** Unix milliseconds; 0 where the node does not know. */
  readonly atMs: number
  readonly meta: JsonObject
}

/**
 * Reads a transaction; nothing when the node does not know it.
 *
 * @throws {TypeError} when the node cannot tell.
 */
export async function readLandedTransaction(rpc: Rpc, name: string): Promise<LandedTransaction | undefined> {
  const config = { encoding: 'base64', commitment: CONFIRMED, maxSupportedTransactionVersion: 0 }
  const found = await rpc('getTransaction', [name, config])
  if (found === null) return undefined
  if (!isJsonObject(found) || !isJsonObject(found.meta) || !Array.isArray(found.transaction)) {
    throw malformedAnswer('getTransaction')
  }
  const bytes = decodeBase64(found.transaction[0])
  if (!bytes) throw malformedAnswer('getTransaction')
  const message = bytes.subarray(signatureAt(readSignatures(bytes).length))
  return {
    reference: bs58.encode(sha256(message)),
    succeeded: found.meta.err === null,
    atMs: timeOf(found.blockTime),
    meta: found.meta
  }
}

/** There is no Solana before 2020: surfpool tells thousands of seconds, which is no time. */
const FIRST_SECOND = 1_577_836_800

function timeOf(seconds: JsonValue | undefined): number {
  return typeof seconds === 'number' && seconds > FIRST_SECOND ? seconds * 1000 : 0
}

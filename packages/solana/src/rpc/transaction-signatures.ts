import { isJsonObject, type Rpc } from '@bursar/core'
import { decodeBase64 } from '../wire/base64.js'
import { readSignatures } from '../wire/transaction.js'
import { CONFIRMED, malformedAnswer } from './account-info.js'

/** What nodes answer when a transaction is of a version that was not asked for. */
const UNSUPPORTED_VERSION = -32_015

/**
 * Reads the signatures of a transaction. Of one of a later version nothing is read: payments are of version 0.
 *
 * @throws {TypeError} when the node lists a transaction and cannot show it, so that it cannot say what is in it.
 */
export async function readTransactionSignatures(rpc: Rpc, name: string): Promise<readonly Uint8Array[]> {
  const config = { encoding: 'base64', commitment: CONFIRMED, maxSupportedTransactionVersion: 0 }
  try {
    const found = await rpc('getTransaction', [name, config])
    const [encoded]: unknown[] =
      isJsonObject(found) && Array.isArray(found.transaction) ? found.transaction : []
    const bytes = decodeBase64(encoded)
    if (!bytes) throw malformedAnswer('getTransaction')
    return readSignatures(bytes)
  } catch (error) {
    if (error instanceof TypeError && 'code' in error && error.code === UNSUPPORTED_VERSION) return []
    throw error
  }
}

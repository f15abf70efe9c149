import type { SignedPayment } from '@bursar/core'
import { VersionedTransaction } from '@solana/web3.js'
import { decodeBase64 } from '../wire/base64.js'

/**
 * Reads the transaction of a signed payment, such as a facilitator completes: our signature is in it, and the fee payer's
 * slot is empty.
 *
 * @example
 * ```ts
 * const { message } = toVersionedTransaction(payment)
 * ```
 * @throws {TypeError} when the payment is not one of this package.
 */
export function toVersionedTransaction({ payload }: Pick<SignedPayment, 'payload'>): VersionedTransaction {
  const bytes = decodeBase64(payload.transaction)
  try {
    if (bytes) return VersionedTransaction.deserialize(bytes)
  } catch {
    // Its bytes are no transaction.
  }
  throw new TypeError('The payment is not a Solana payment of this package')
}

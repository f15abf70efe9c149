import { isJsonObject, type SignedPayment } from '@bursar/core'
import { type Address, formatAddress, parseAddress } from '../address/address.js'
import { MEMO } from '../address/programs.js'
import { decodeBase64 } from '../wire/base64.js'
import { type ReadTransaction, readTransaction, sameBytes } from '../wire/transaction.js'
import { TRANSFER_CHECKED } from './instructions.js'

/** A payment of ours, read back from the bytes that were sent. */
export interface SentPayment {
  /** Ours, which no other transaction can carry. */
  readonly signature: Uint8Array
  /** Whether ours is the first signature, which names the transaction. */
  readonly namesTransaction: boolean
  /** The token account that it pays from. */
  readonly source: Address
  /**
   * The memo to search by; empty if it holds more than plain letters, which nodes may show differently. Absent: it has
   * none.
   */
  readonly memo: string | undefined
}

/**
 * Reads a signed payment back.
 *
 * @throws {TypeError} when it is not one of this package.
 */
export function readSentPayment({ payload, payer }: SignedPayment): SentPayment {
  const bytes = isJsonObject(payload) ? decodeBase64(payload.transaction) : undefined
  const owner = parseAddress(payer)
  if (!bytes || !owner) throw notOurs()
  const transaction = readTransaction(bytes)
  const signer = transaction.accounts.findIndex((account) => sameBytes(account, owner.bytes))
  const signature = transaction.signatures[signer]
  const source = sourceOf(transaction)
  if (!signature || !source) throw notOurs()
  return { signature, namesTransaction: signer === 0, source, memo: memoOf(transaction) }
}

function sourceOf({ instructions }: ReadTransaction): Address | undefined {
  const move = instructions.find(
    ({ accounts, data }) => accounts.length === 4 && data[0] === TRANSFER_CHECKED
  )
  const [source] = move?.accounts ?? []
  return source && formatAddress(source)
}

function memoOf({ instructions }: ReadTransaction): string | undefined {
  const memo = instructions.find(({ program }) => sameBytes(program, MEMO.bytes))
  if (!memo) return undefined
  const text = new TextDecoder().decode(memo.data)
  return /^[\w-]+$/.test(text) ? text : ''
}

function notOurs(): TypeError {
  return new TypeError('The payment is not a Solana payment of this package')
}

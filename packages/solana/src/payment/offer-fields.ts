import type { Dialect, Offer } from '@bursar/core'
import { type Address, parseAddress } from '../address/address.js'

/** What a Solana offer says beyond what every offer says. */
export interface OfferFields {
  readonly feePayer: Address
  readonly recipient: Address
  /** UTF-8; absent when the payer may choose it. */
  readonly memo: Uint8Array | undefined
  /** A blockhash that the server suggests, unchecked. */
  readonly blockhash: string | undefined
}

/** @see x402 exact/SVM, `extra.memo` */
const MAX_MEMO_BYTES = 256

/**
 * Reads the fields of an offer.
 *
 * @returns text when the offer cannot be paid: the reason.
 * @see x402 exact/SVM, "PaymentRequirements"
 */
export function readOfferFields({ payTo, extra }: Offer, dialect: Dialect): OfferFields | string {
  const recipient = parseAddress(payTo)
  if (!recipient) return 'its payTo is not an address'
  const feePayer = readFeePayer(extra.feePayer, dialect, recipient)
  if (typeof feePayer === 'string') return feePayer
  const memo = readMemo(extra.memo)
  if (typeof memo === 'string') return memo
  const blockhash = parseAddress(extra.recentBlockhash)?.text
  return { feePayer, recipient, memo, blockhash }
}

/** In Katana's dialect an offer that names no fee payer means its own wallet; elsewhere nobody would pay the fee. */
function readFeePayer(named: unknown, dialect: Dialect, recipient: Address): Address | string {
  if (named === undefined || named === null) {
    return dialect.payToPaysFee ? recipient : 'it names no fee payer (extra.feePayer)'
  }
  return parseAddress(named) ?? 'its extra.feePayer is not an address'
}

function readMemo(memo: unknown): Uint8Array | undefined | string {
  if (memo === undefined || memo === null || memo === '') return undefined
  if (typeof memo !== 'string') return 'its extra.memo is not text'
  const bytes = new TextEncoder().encode(memo)
  return bytes.length > MAX_MEMO_BYTES ? `its extra.memo is longer than ${MAX_MEMO_BYTES} bytes` : bytes
}

import type { Dialect, RandomBytes } from '@bursar/core'

/** The fields that make a payment unique. */
interface Uniqueness {
  /** UTF-8. Absent: none. */
  readonly memo: Uint8Array | undefined
  /** Micro-lamports for each unit of compute; paid by the fee payer. */
  readonly microLamportsPerUnit: bigint
}

/** Chooses those fields, given the memo that the offer asks for, if it asks for one. */
type MakeUnique = (memo: Uint8Array | undefined, dialect: Pick<Dialect, 'memoIfAsked'>) => Uniqueness

const MEMO_RANDOM_BYTES = 16
/** What the reference client offers: the fee payer's cost is not ours to raise. */
const BASE_PRICE = 1
/** How many prices there are: the highest costs the fee payer 600 lamports more. */
const PRICES = 10_000

/**
 * Makes payments differ: two equal ones on one blockhash would be one transaction, of which the second is rejected.
 * The memo is random where the server leaves it to us. Where it is the server's, or there is to be none, the compute price
 * counts on from a random start, so that neither this process nor another repeats one while a blockhash lives.
 *
 * @see x402 exact/SVM, 3.1
 */
export function createUniqueness(random: RandomBytes): MakeUnique {
  let price: number | undefined
  return (memo, { memoIfAsked }) => {
    if (!memo && !memoIfAsked)
      return { memo: hexText(random(MEMO_RANDOM_BYTES)), microLamportsPerUnit: BigInt(BASE_PRICE) }
    price = price === undefined ? randomBelow(PRICES, random) : (price + 1) % PRICES
    return { memo, microLamportsPerUnit: BigInt(BASE_PRICE + price) }
  }
}

/** Uneven by one part in four hundred thousand, which nothing here depends on. */
function randomBelow(bound: number, random: RandomBytes): number {
  return random(4).reduce((value, byte) => value * 256 + byte, 0) % bound
}

/** Hex digits as the ASCII bytes that they are. */
function hexText(bytes: Uint8Array): Uint8Array {
  const text = new Uint8Array(bytes.length * 2)
  bytes.forEach((byte, index) => {
    text[index * 2] = hexDigit(byte >> 4)
    text[index * 2 + 1] = hexDigit(byte & 15)
  })
  return text
}

function hexDigit(value: number): number {
  return value < 10 ? 48 + value : 87 + value
}

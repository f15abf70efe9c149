import type { Network } from '../network/network.js'
import type { OfferEntry } from '../schemas/offer.js'

const MAX_UINT256 = 2n ** 256n - 1n
const MAX_UINT64 = 2n ** 64n - 1n

/**
 * Reads what an entry asks, in the asset's smallest unit: v2 calls it `amount`, v1 `maxAmountRequired`, and servers of
 * either version write either, or both.
 *
 * @returns text when the amount cannot be paid: the reason.
 */
export function readAmount(entry: OfferEntry, network: Network): bigint | string {
  const { amount, maxAmountRequired } = entry
  const digits = amount ?? maxAmountRequired
  if (digits === undefined || digits === null) return 'its amount is missing or malformed'
  const value = BigInt(digits)
  if (typeof maxAmountRequired === 'string' && BigInt(maxAmountRequired) !== value)
    return `its amount ${digits} is not its maxAmountRequired ${maxAmountRequired}`
  if (value === 0n) return 'its amount is zero'
  if (value > maxAmount(network)) return 'its amount is out of range'
  return value
}

function maxAmount(network: Network): bigint {
  return network.family === 'solana' ? MAX_UINT64 : MAX_UINT256
}

import { type AtomicUsdc, atomicUsdc, parseDecimal } from './atomic.js'

const MAX_UINT256 = 2n ** 256n - 1n

/** The most decimals that a rate may have. */
export const RATE_DECIMALS = 18
const RATE_UNIT = 10n ** BigInt(RATE_DECIMALS)

/**
 * What an amount of a token counts as against the limits: its dollars, rounded up at the sixth decimal, so that no budget
 * counts too little.
 *
 * @param amountAtomic in the token's smallest unit.
 * @param rate dollars for one whole unit, as decimal text.
 * @throws {BursarError} `amount/malformed` when the rate is no decimal.
 */
export function costOf(
  amountAtomic: bigint,
  { decimals }: { readonly decimals: number },
  rate = '1'
): AtomicUsdc {
  if (decimals === 6 && rate === '1') return atomicUsdc(amountAtomic)
  const unit = 10n ** BigInt(decimals) * RATE_UNIT
  const micros = (amountAtomic * parseDecimal(rate, RATE_DECIMALS) * 1_000_000n + unit - 1n) / unit
  return atomicUsdc(micros > MAX_UINT256 ? MAX_UINT256 : micros)
}

import { BursarError } from '../error/bursar-error.js'

declare const usdc: unique symbol

/**
 * USDC in its smallest unit: `1_000_000n = 1 USDC`. Never negative.
 * Money is never a `number` in Bursar.
 */
export type AtomicUsdc = bigint & { readonly [usdc]: true }

/** A USDC amount as people write it: decimal text such as `'0.25'`, or atomic units. */
export type UsdcAmount = string | AtomicUsdc

const USDC_DECIMALS = 6
/** The largest amount that any token contract can hold. */
const MAX_UINT256 = 2n ** 256n - 1n

/**
 * Takes atomic units as a USDC amount.
 *
 * @param atomic `1_000_000n = 1 USDC`
 * @throws {BursarError} `amount/malformed` when negative or beyond 256 bits.
 */
export function atomicUsdc(atomic: bigint): AtomicUsdc {
  if (atomic < 0n || atomic > MAX_UINT256) throw malformed(String(atomic).slice(0, 80), 'out of range')
  return atomic as AtomicUsdc
}

/**
 * Takes an amount of a token that is worth a dollar as USDC. What it has beyond six decimals is not counted.
 *
 * @param amountAtomic in the token's smallest unit
 * @example
 * ```ts
 * usdcOfToken(1_500_000_000_000_000_000n, 18) // 1_500_000n
 * ```
 * @throws {BursarError} `amount/malformed` when negative or beyond 256 bits.
 */
export function usdcOfToken(amountAtomic: bigint, decimals: number): AtomicUsdc {
  const missing = decimals - USDC_DECIMALS
  if (missing < 0) return atomicUsdc(amountAtomic * 10n ** BigInt(-missing))
  return atomicUsdc(amountAtomic / 10n ** BigInt(missing))
}

/**
 * Reads a decimal USDC amount strictly: digits, at most one point, at most six decimals. Signs, exponents,
 * spaces, separators and the empty string are errors, and nothing is ever rounded.
 *
 * @example
 * ```ts
 * parseUsdc('0.25') // 250_000n
 * ```
 * @throws {BursarError} `amount/malformed`
 */
export function parseUsdc(text: UsdcAmount): AtomicUsdc {
  if (typeof text === 'bigint') return atomicUsdc(text)
  return atomicUsdc(parseDecimal(text, USDC_DECIMALS))
}

/**
 * Formats atomic units as decimal USDC without trailing zeros: `250_000n` as `0.25`.
 */
export function formatUsdc(amount: bigint): string {
  return formatDecimal(amount, USDC_DECIMALS)
}

/**
 * Reads decimal text as a count of `10^-decimals` units.
 *
 * @throws {BursarError} `amount/malformed`
 */
export function parseDecimal(text: string, decimals: number): bigint {
  if (typeof text !== 'string')
    throw malformed(typeof text, 'not text; write amounts as text, such as "0.25"')
  if (text.length > 100) throw malformed(`${text.slice(0, 20)}…`, 'too long')
  const parts = /^(\d+)(?:\.(\d+))?$/.exec(text)
  if (!parts) throw malformed(text, 'not a plain decimal such as "0.25"')
  const [, whole = '', fraction = ''] = parts
  if (fraction.length > decimals) throw malformed(text, `more than ${decimals} decimals`)
  return BigInt(whole + fraction.padEnd(decimals, '0'))
}

/** Writes a count of `10^-decimals` units as decimal text without trailing zeros. */
export function formatDecimal(amount: bigint, decimals: number): string {
  const digits = (amount < 0n ? -amount : amount).toString().padStart(decimals + 1, '0')
  const whole = digits.slice(0, digits.length - decimals)
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, '')
  return `${amount < 0n ? '-' : ''}${whole}${fraction && '.'}${fraction}`
}

function malformed(text: string, reason: string): BursarError<'amount/malformed'> {
  return new BursarError('amount/malformed', {
    message: `"${text}" is not an amount: ${reason}.`,
    context: { text, reason },
    moneyState: 'none'
  })
}

import { checkFlag, checkOptions, checkText, type OptionChecks, oneOf, parseUsdc } from '@bursar/core'

/** What something costs, and how it is paid. */
export interface SaleTerms {
  /** Decimal USDC. With `by: 'upto'`, the most that may be taken. @example { price: '0.01' } */
  readonly price: string
  /**
   * How it is paid on an EVM chain: `eip3009` and `permit2` by the exact scheme, `upto` by Permit2 and by the upto
   * scheme. By Permit2 nothing is offered on Solana. Default: `eip3009`.
   *
   * @example { price: '0.5', by: 'upto' }
   */
  readonly by?: 'eip3009' | 'permit2' | 'upto'
  /**
   * Whether the gateway pays the gas of the permit that lets Permit2 take the token (EIP-2612). Needs `permit2` or
   * `upto`. Default: `false`.
   *
   * @example { price: '0.01', by: 'permit2', sponsored: true }
   */
  readonly sponsored?: boolean
  /**
   * Whether each payment must bring an identifier (`payment-identifier`): without one it is answered with 400, and another
   * payment of the same identifier with 409. Default: `false`.
   *
   * @example { price: '0.01', identified: true }
   */
  readonly identified?: boolean
}

/** Terms of a sale, checked. */
export interface ReadTerms {
  readonly priceAtomic: bigint
  readonly by: 'eip3009' | 'permit2' | 'upto'
  readonly sponsored: boolean
  readonly identified: boolean
}

const termsChecks: OptionChecks<SaleTerms> = {
  price: checkText,
  by: oneOf('eip3009', 'permit2', 'upto'),
  sponsored: checkFlag,
  identified: checkFlag
}

/**
 * Reads what something costs.
 *
 * @throws {TypeError} when an option is unknown or malformed, or the price is not above zero.
 * @throws {BursarError} `amount/malformed`
 */
export function readTerms(path: string, given: string | SaleTerms): ReadTerms {
  if (typeof given === 'number')
    throw new TypeError(
      `sell: the price of ${path} must be text such as '0.01', not the number ${String(given)}`
    )
  const terms = typeof given === 'string' ? { price: given } : given
  checkOptions(terms, termsChecks)
  const { price, by = 'eip3009', sponsored = false, identified = false } = terms
  if (sponsored && by === 'eip3009') throw new TypeError('sell: only permit2 and upto can be sponsored')
  const priceAtomic = parseUsdc(price)
  if (priceAtomic <= 0n) throw new TypeError(`sell: the price of ${path} must be above zero`)
  return { priceAtomic, by, sponsored, identified }
}

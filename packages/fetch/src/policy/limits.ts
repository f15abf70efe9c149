import { checkUsdcAmount, type OptionChecks, optionsOf, recordOf, type UsdcAmount } from '@bursar/core'
import { checkOneHost } from './host.js'

/**
 * Caps on sums, in USDC: decimal text such as `'5.00'`, or atomic units from `parseUsdc`. Windows roll. What is absent is
 * not capped.
 */
export interface SumLimits {
  /** The most within the last 60 seconds. Default: no cap. @example { minute: '0.10' } */
  readonly minute?: UsdcAmount | undefined
  /** The most within the last 60 minutes. Default: no cap. @example { hour: '1.00' } */
  readonly hour?: UsdcAmount | undefined
  /** The most within the last 24 hours. Default: no cap. @example { day: '5.00' } */
  readonly day?: UsdcAmount | undefined
  /** The most within the last 7 days. Default: no cap. @example { week: '20.00' } */
  readonly week?: UsdcAmount | undefined
  /** The most within the last 30 days. Default: no cap. @example { month: '50.00' } */
  readonly month?: UsdcAmount | undefined
  /**
   * The most in all time, as far as the ledger remembers. Default: no cap.
   *
   * @example { total: '100.00' }
   */
  readonly total?: UsdcAmount | undefined
}

/** Caps for one host. */
export interface HostLimits extends SumLimits {
  /** The most that one payment to it may cost. Default: `limits.payment`. @example { payment: '0.05' } */
  readonly payment?: UsdcAmount | undefined
}

/**
 * What may be spent, in USDC: decimal text such as `'0.25'`, or atomic units from `parseUsdc`.
 * Every limit that is given must hold; authorizations that could still settle count.
 */
export interface Limits extends SumLimits {
  /** The most that one payment may cost. @example { payment: '0.25' } */
  readonly payment: UsdcAmount
  /** Caps on the sums to any one host. Default: none. @example { perHost: { day: '1.00' } } */
  readonly perHost?: SumLimits | undefined
  /**
   * Caps for named hosts, in addition. Each name is that of one host: a pattern such as `*.example.com` is a TypeError. A host
   * that leads a call on to another counts as if it were paid itself. Default: none.
   *
   * @example { hosts: { 'kat.imgnai.com': { payment: '0.05', day: '2.00' } } }
   */
  readonly hosts?: Readonly<Record<string, HostLimits>> | undefined
  /**
   * Caps on the sums of any one value of a label. Calls that do not carry the label share one budget. Default: none.
   *
   * @example { perLabel: { agent: { day: '1.00' } } }
   */
  readonly perLabel?: Readonly<Record<string, SumLimits>> | undefined
}

const sumChecks: OptionChecks<SumLimits> = {
  minute: checkUsdcAmount,
  hour: checkUsdcAmount,
  day: checkUsdcAmount,
  week: checkUsdcAmount,
  month: checkUsdcAmount,
  total: checkUsdcAmount
}

/** What the limits of one host may hold, and those of one agent. */
export const hostLimitsChecks: OptionChecks<HostLimits> = { ...sumChecks, payment: checkUsdcAmount }

/** The option checks of {@link Limits}. */
export const limitsChecks: OptionChecks<Limits> = {
  ...sumChecks,
  payment: checkUsdcAmount,
  perHost: optionsOf(sumChecks),
  hosts: recordOf(optionsOf(hostLimitsChecks), checkOneHost),
  perLabel: recordOf(optionsOf(sumChecks))
}

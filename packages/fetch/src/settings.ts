import type { Settings } from './flow/desk.js'

/** Times and counts that a user may set. */
export interface TimingOptions {
  readonly timeouts?: {
    /** For the unpaid answer's headers. Default 300_000. */
    readonly beforePaymentMs?: number
    /** For the paid answer's headers, each time the payment is sent. Default 600_000. */
    readonly afterPaymentMs?: number
    /**
     * How long the proof that a Solana payment came too late and is dead is waited for, so that it can be made
     * anew within the call. Default 30_000: finality takes some 13 s. 0 asks once.
     */
    readonly replacementMs?: number
  }
  readonly resend?: {
    /** How often the same signed bytes are sent again when the answer is lost. Default 2. */
    readonly times?: number
    /** Wait before the first; doubles each time, with jitter. Default 500. */
    readonly backoffMs?: number
  }
  /** How long an equal call takes up a payment that is unresolved. Default 600_000. */
  readonly resumeWindowMs?: number
  /**
   * The longest life of an authorization, in seconds, whatever the server says. Default 300. Shorter ends
   * doubt sooner; too short and a slow server cannot settle.
   */
  readonly maxValiditySeconds?: number
  /** The most that a streamed body may hold, in bytes. Default 64 MiB. */
  readonly maxStreamBytes?: number
}

/** @throws {TypeError} when a number is out of range. */
export function parseTiming(options: TimingOptions): Settings {
  const { timeouts = {}, resend = {} } = options
  return {
    beforePaymentMs: inRange('timeouts.beforePaymentMs', timeouts.beforePaymentMs, 300_000, 1, 86_400_000),
    afterPaymentMs: inRange('timeouts.afterPaymentMs', timeouts.afterPaymentMs, 600_000, 1, 86_400_000),
    replacementMs: inRange('timeouts.replacementMs', timeouts.replacementMs, 30_000, 0, 600_000),
    maxResends: inRange('resend.times', resend.times, 2, 0, 10),
    resendBackoffMs: inRange('resend.backoffMs', resend.backoffMs, 500, 0, 60_000),
    resumeWindowMs: inRange('resumeWindowMs', options.resumeWindowMs, 600_000, 0, 31 * 86_400_000),
    maxValiditySeconds: inRange('maxValiditySeconds', options.maxValiditySeconds, 300, 10, 86_400),
    maxStreamBytes: inRange('maxStreamBytes', options.maxStreamBytes, 64 * 1024 * 1024, 0, 2 ** 40)
  }
}

function inRange(
  name: string,
  value: number | undefined,
  fallback: number,
  least: number,
  most: number
): number {
  if (value === undefined) return fallback
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new TypeError(`${name} must be a whole number from ${least} to ${most}`)
  }
  return value
}

/** Times and counts that a user may set. */
export interface TimingOptions {
  /** Time limits, in milliseconds. */
  readonly timeouts?: TimeoutOptions | undefined
  /** How a payment whose answer is lost is sent again: always the same signed bytes. */
  readonly resend?: ResendOptions | undefined
  /**
   * How long, in milliseconds, an equal call resumes a payment whose outcome is unknown. One whose authorization can still
   * settle is resumed however long ago it was made. Default: `600_000`.
   *
   * @example { resumeWindowMs: 3_600_000 }
   */
  readonly resumeWindowMs?: number | undefined
  /**
   * The longest life of an authorization, in seconds, whatever the server says. Shorter ends doubt sooner; too short
   * and a slow server cannot settle. Default: `300`.
   *
   * @example { maxValiditySeconds: 120 }
   */
  readonly maxValiditySeconds?: number | undefined
  /**
   * The most that a streamed request body may hold, in bytes: it is kept to be sent again. Default: `67_108_864` (64 MiB).
   *
   * @example { maxStreamBytes: 256 * 1024 * 1024 }
   */
  readonly maxStreamBytes?: number | undefined
}

/** Time limits, in milliseconds. */
export interface TimeoutOptions {
  /**
   * For the headers of the unpaid answer, and for the body of a 402 that names its price there. Default: `300_000`.
   *
   * @example { timeouts: { beforePaymentMs: 30_000 } }
   */
  readonly beforePaymentMs?: number | undefined
  /**
   * For the headers of the paid answer, each time the payment is sent. Default: `600_000`.
   *
   * @example { timeouts: { afterPaymentMs: 120_000 } }
   */
  readonly afterPaymentMs?: number | undefined
  /**
   * How long the body of a paid answer may stand still while it is read. Default: `300_000`.
   *
   * @example { timeouts: { idleBodyMs: 60_000 } }
   */
  readonly idleBodyMs?: number | undefined
  /**
   * How long the proof that a Solana payment came too late and is dead is waited for, so that it can be signed anew
   * within the call. `0` asks once. Default: `30_000`, since finality takes some 13 s.
   *
   * @example { timeouts: { replacementMs: 0 } }
   */
  readonly replacementMs?: number | undefined
}

/** How a payment whose answer is lost is sent again. */
export interface ResendOptions {
  /**
   * How often. Default: `2`.
   *
   * @example { resend: { times: 0 } }
   */
  readonly times?: number | undefined
  /**
   * The wait before the first time, in milliseconds; it doubles each time, with jitter. Default: `500`.
   *
   * @example { resend: { backoffMs: 1_000 } }
   */
  readonly backoffMs?: number | undefined
}

/** Times and counts, all in milliseconds unless named otherwise. */
export interface Settings {
  readonly beforePaymentMs: number
  readonly afterPaymentMs: number
  readonly idleBodyMs: number
  readonly replacementMs: number
  readonly maxResends: number
  readonly resendBackoffMs: number
  readonly resumeWindowMs: number
  readonly maxValiditySeconds: number
  readonly maxStreamBytes: number
}

/** What a setting may be. */
interface Range {
  readonly least: number
  readonly most: number
  readonly fallback: number
}

const DAY_MS = 86_400_000

/** @throws {TypeError} when a number is out of range. */
export function parseTiming(options: TimingOptions): Settings {
  const { timeouts = {}, resend = {}, resumeWindowMs, maxValiditySeconds, maxStreamBytes } = options
  const timeout = (name: keyof TimeoutOptions, range: Range): number =>
    inRange(`timeouts.${name}`, timeouts[name], range)
  return {
    beforePaymentMs: timeout('beforePaymentMs', { fallback: 300_000, least: 1, most: DAY_MS }),
    afterPaymentMs: timeout('afterPaymentMs', { fallback: 600_000, least: 1, most: DAY_MS }),
    idleBodyMs: timeout('idleBodyMs', { fallback: 300_000, least: 1, most: DAY_MS }),
    replacementMs: timeout('replacementMs', { fallback: 30_000, least: 0, most: 600_000 }),
    maxResends: inRange('resend.times', resend.times, { fallback: 2, least: 0, most: 10 }),
    resendBackoffMs: inRange('resend.backoffMs', resend.backoffMs, { fallback: 500, least: 0, most: 60_000 }),
    resumeWindowMs: inRange('resumeWindowMs', resumeWindowMs, {
      fallback: 600_000,
      least: 0,
      most: 31 * DAY_MS
    }),
    maxValiditySeconds: inRange('maxValiditySeconds', maxValiditySeconds, {
      fallback: 300,
      least: 10,
      most: 86_400
    }),
    maxStreamBytes: inRange('maxStreamBytes', maxStreamBytes, {
      fallback: 64 * 1024 * 1024,
      least: 0,
      most: 2 ** 40
    })
  }
}

function inRange(name: string, value: number | undefined, { least, most, fallback }: Range): number {
  if (value === undefined) return fallback
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new TypeError(`${name} must be a whole number from ${least} to ${most}`)
  }
  return value
}

import { type OptionChecks, optionsOf, wholeNumberFrom } from '@bursar/core'

/** Times and counts that a user may set. */
export interface TimingOptions {
  /**
   * Time limits, in milliseconds. Default: those of {@link TimeoutOptions}.
   *
   * @example { timeouts: { afterPaymentMs: 120_000 } }
   */
  readonly timeouts?: TimeoutOptions | undefined
  /**
   * How a payment whose answer is lost is sent again: always the same signed bytes. Default: twice, after 500 ms and
   * 1 s.
   *
   * @example { resend: { times: 4, backoffMs: 250 } }
   */
  readonly resend?: ResendOptions | undefined
  /**
   * How long, in milliseconds, an equal call resumes a payment that has settled and whose answer was lost. One that the chain
   * has not proven settled or dead is resumed however long ago it was made. Default: `600_000`.
   *
   * @example { resumeWindowMs: 3_600_000 }
   */
  readonly resumeWindowMs?: number | undefined
  /**
   * The longest life of an authorization, in seconds, whatever the server asks. A shorter life ends doubt sooner; if it
   * is too short, a slow server cannot settle. Default: `300`.
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
   * For the headers of the unpaid answer, and for the body of a 402 whose price is in the body. Default: `300_000`.
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
   * The longest pause in the body of a paid answer while it is read, in milliseconds. Default: `300_000`.
   *
   * @example { timeouts: { idleBodyMs: 60_000 } }
   */
  readonly idleBodyMs?: number | undefined
  /**
   * How long to wait for the proof that a late Solana payment is dead, in milliseconds, so that it can be signed again
   * within the call. `0` asks the chain once. Default: `30_000`, since finality takes some 13 s.
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

const DAY_MS = 86_400_000

/** The options of {@link TimingOptions}, for those that have more. */
export const timingChecks: OptionChecks<TimingOptions> = {
  timeouts: optionsOf<TimeoutOptions>({
    beforePaymentMs: wholeNumberFrom(1, DAY_MS),
    afterPaymentMs: wholeNumberFrom(1, DAY_MS),
    idleBodyMs: wholeNumberFrom(1, DAY_MS),
    replacementMs: wholeNumberFrom(0, 600_000)
  }),
  resend: optionsOf<ResendOptions>({ times: wholeNumberFrom(0, 10), backoffMs: wholeNumberFrom(0, 60_000) }),
  resumeWindowMs: wholeNumberFrom(0, 31 * DAY_MS),
  maxValiditySeconds: wholeNumberFrom(10, 86_400),
  maxStreamBytes: wholeNumberFrom(0, 2 ** 40)
}

/**
 * Fills in what the user did not set.
 *
 * @param options that {@link timingChecks} let pass.
 */
export function parseTiming(options: TimingOptions): Settings {
  const { timeouts = {}, resend = {} } = options
  return {
    beforePaymentMs: timeouts.beforePaymentMs ?? 300_000,
    afterPaymentMs: timeouts.afterPaymentMs ?? 600_000,
    idleBodyMs: timeouts.idleBodyMs ?? 300_000,
    replacementMs: timeouts.replacementMs ?? 30_000,
    maxResends: resend.times ?? 2,
    resendBackoffMs: resend.backoffMs ?? 500,
    resumeWindowMs: options.resumeWindowMs ?? 600_000,
    maxValiditySeconds: options.maxValiditySeconds ?? 300,
    maxStreamBytes: options.maxStreamBytes ?? 64 * 1024 * 1024
  }
}

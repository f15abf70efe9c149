/** Which requests a fault applies to: those with a payment header, those without, or both. */
export type Leg = 'unpaid' | 'paid' | 'any'

/** What the `match` function of a fault sees of a request. */
export interface FaultTarget {
  readonly method: string
  readonly path: string
  /** With its question mark, or empty. */
  readonly query: string
  readonly paid: boolean
}

/** How a fault is armed. */
export interface FaultOptions {
  /** Applies to this many requests. Default: 1. */
  readonly times?: number
  /** Applies only to requests for which this returns true. */
  readonly match?: (target: FaultTarget) => boolean
  /** Applies to this leg instead of the one in the fault's table entry. */
  readonly leg?: Leg
  /** For `slow` and `credit-delayed`: milliseconds. Default: 1000. */
  readonly delayMs?: number
  /** For `slow`: waits before the request is read (default), or between settling and answering. */
  readonly when?: 'request' | 'settled'
  /** For `redirect-to-other-origin`, required: an absolute URL, or an origin to which path and query are added. */
  readonly to?: string
  /** For `price-above-quote`: the whole number that multiplies the price. Default: 2. */
  readonly factor?: number
  /** For `clock-far-off`: seconds, negative for a clock that is behind. Default: 21600. */
  readonly offsetSeconds?: number
  /** For `challenge-huge`: size of the header or body. Default: 524288. */
  readonly bytes?: number
  /** For `challenge-malformed`: what is wrong with the challenge. Default: `base64`. */
  readonly how?: 'base64' | 'json' | 'accepts'
  /** For `settlement-pending`: whether the transfer is really sent. Default: true. */
  readonly lands?: boolean
  /** For `blockhash-not-found`: whether the blockhash has really expired. Default: true. */
  readonly expires?: boolean
}

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
  /** The number of requests that the fault applies to. Default: 1. @example { times: 2 } */
  readonly times?: number
  /**
   * Limits the fault to requests for which this returns true. Default: every request on its leg.
   *
   * @example { match: ({ path }) => path === '/settle' }
   */
  readonly match?: (target: FaultTarget) => boolean
  /**
   * The requests that the fault applies to: `unpaid`, `paid` or `any`. Default: the leg in the README's table of
   * faults.
   *
   * @example { leg: 'any' }
   */
  readonly leg?: Leg
  /**
   * For `slow` and `credit-delayed`: the delay, in milliseconds. Default: 1000.
   *
   * @example { delayMs: 50 }
   */
  readonly delayMs?: number
  /**
   * For `slow`: whether it waits before the request is read, or between settling and answering. Default: `request`.
   *
   * @example { when: 'settled' }
   */
  readonly when?: 'request' | 'settled'
  /**
   * For `redirect-to-other-origin`, which needs it: an absolute URL, or an origin to which path and query are added.
   * Default: none, and arming that fault throws.
   *
   * @example { to: 'http://127.0.0.1:4021' }
   */
  readonly to?: string
  /**
   * For `price-above-quote`: the whole number that multiplies the price. Default: 2.
   *
   * @example { factor: 10 }
   */
  readonly factor?: number
  /**
   * For `clock-far-off`: how far the clock is ahead, in seconds; negative when it is behind. Default: 21600.
   *
   * @example { offsetSeconds: -600 }
   */
  readonly offsetSeconds?: number
  /**
   * For `challenge-huge`: the size of the header or body, in bytes. Default: 524288.
   *
   * @example { bytes: 1024 * 1024 }
   */
  readonly bytes?: number
  /**
   * For `challenge-malformed`: what is wrong with the challenge. Default: `base64`.
   *
   * @example { how: 'json' }
   */
  readonly how?: 'base64' | 'json' | 'accepts'
  /**
   * For `settlement-pending`: whether the transfer is really sent. Default: true.
   *
   * @example { lands: false }
   */
  readonly lands?: boolean
  /**
   * For `blockhash-not-found`: whether the blockhash has really expired. Default: true.
   *
   * @example { expires: false }
   */
  readonly expires?: boolean
}

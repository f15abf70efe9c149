import {
  type BursarError,
  bursarErrorOf,
  type Clock,
  type ClockOptions,
  checkClock,
  checkFunction,
  checkObject,
  checkOptions,
  notify,
  type OptionChecks,
  systemClock,
  wholeNumberFrom
} from '@bursar/core'
import type { LedgerChange } from './ledger-change.js'
import { type FollowedLedger, LedgerFollower } from './ledger-follower.js'

/** How a ledger is watched. */
export interface WatchOptions extends ClockOptions {
  /**
   * How long to wait between two looks at the ledger, in milliseconds. Default: 1_000.
   *
   * @example { everyMs: 5_000 }
   */
  readonly everyMs?: number | undefined
  /**
   * Ends it. Default: it ends when the caller stops reading.
   *
   * @example { signal: AbortSignal.timeout(60_000) }
   */
  readonly signal?: AbortSignal | undefined
  /**
   * Called each time that the ledger cannot be read, after which it is read again. Default: the error is thrown.
   *
   * @example { onUnavailable: (error) => console.error(error.message) }
   */
  readonly onUnavailable?: ((error: BursarError<'ledger/unavailable'>) => void) | undefined
}

const watchChecks: OptionChecks<WatchOptions> = {
  everyMs: wholeNumberFrom(10, 3_600_000),
  signal: checkObject,
  onUnavailable: checkFunction,
  clock: checkClock
}

/**
 * Watches what every process on a ledger pays, also on other machines. Once this resolves, nothing that changes is missed; a
 * purchase that changes more than once between two looks is reported as it stands then.
 *
 * @example
 * ```ts
 * for await (const change of await watchLedger(sqliteLedger())) console.log(JSON.stringify(change))
 * ```
 * @throws {TypeError} when an option is unknown or malformed.
 * @throws {BursarError} `ledger/unavailable`
 */
export async function watchLedger(
  ledger: FollowedLedger,
  options: WatchOptions = {}
): Promise<AsyncIterable<LedgerChange>> {
  checkOptions(options, watchChecks)
  const follower = new LedgerFollower(ledger)
  await follower.begin()
  return changesOf(follower, options)
}

async function* changesOf(
  follower: LedgerFollower,
  { everyMs = 1_000, signal, clock = systemClock, onUnavailable }: WatchOptions
): AsyncGenerator<LedgerChange, void, undefined> {
  while (await hasWaited(clock, everyMs, signal)) {
    try {
      yield* await follower.read(clock.nowMs())
    } catch (error) {
      const unavailable = bursarErrorOf(error, 'ledger/unavailable')
      if (!unavailable || !onUnavailable) throw error
      void notify(onUnavailable, unavailable, 'onUnavailable')
    }
  }
}

/** @returns whether the time has passed, and nobody has ended it. */
async function hasWaited(clock: Clock, ms: number, signal: AbortSignal | undefined): Promise<boolean> {
  if (signal?.aborted) return false
  try {
    await clock.sleep(ms, signal)
    return true
  } catch (error) {
    if (signal?.aborted) return false
    throw error
  }
}

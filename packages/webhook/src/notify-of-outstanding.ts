import {
  bursarErrorOf,
  type Clock,
  type ClockOptions,
  checkClock,
  checkObject,
  checkOptions,
  type Ledger,
  type OptionChecks,
  readLedgerTime,
  systemClock,
  wholeNumberFrom
} from '@bursar/core'
import type { Webhook } from './create-webhook.js'
import { notificationOfOutstanding } from './notification-of-change.js'

/** When a payment is out for too long. */
export interface OutstandingOptions extends ClockOptions {
  /** For how long, in milliseconds. Default: 600_000. @example { afterMs: 3_600_000 } */
  readonly afterMs?: number | undefined
  /** How often the ledger is looked at, in milliseconds. Default: 60_000. @example { everyMs: 10_000 } */
  readonly everyMs?: number | undefined
  /** Ends it. Required. @example { signal: AbortSignal.timeout(60_000) } */
  readonly signal: AbortSignal
}

/** Where payments are looked for, and what time it is there. */
type OutstandingLedger = Pick<Ledger, 'outstanding'> & Partial<Pick<Ledger, 'status'>>

const DAY_MS = 86_400_000
const outstandingChecks: OptionChecks<OutstandingOptions> = {
  afterMs: wholeNumberFrom(0, 365 * DAY_MS),
  everyMs: wholeNumberFrom(10, DAY_MS),
  signal: checkObject,
  clock: checkClock
}

/**
 * Tells a webhook, once each, of payments that could still settle and were made long ago. A ledger that cannot be read is read
 * again later.
 *
 * @returns once the signal aborts.
 * @throws {TypeError} when an option is unknown or malformed.
 */
export async function notifyOfOutstanding(
  ledger: OutstandingLedger,
  webhook: Pick<Webhook, 'notify'>,
  options: OutstandingOptions
): Promise<void> {
  checkOptions(options, outstandingChecks, 'notifyOfOutstanding')
  const { afterMs = 600_000, everyMs = 60_000, signal, clock = systemClock } = options
  let told = new Set<string>()
  while (!signal.aborted) {
    const read = await readOutstanding(ledger, clock)
    // Of a ledger that cannot be read, nothing is over: what was told stays told.
    if (read) {
      const { open, nowMs } = read
      const late = open.filter(({ reservedAtMs }) => nowMs - reservedAtMs >= afterMs)
      for (const purchase of late)
        if (!told.has(purchase.id)) webhook.notify(notificationOfOutstanding(purchase, nowMs))
      told = new Set(late.map(({ id }) => id))
    }
    await clock.sleep(everyMs, signal).catch(() => {})
  }
}

async function readOutstanding(ledger: OutstandingLedger, clock: Clock) {
  try {
    return { open: await ledger.outstanding(), nowMs: await readLedgerTime(ledger, clock) }
  } catch (error) {
    if (bursarErrorOf(error, 'ledger/unavailable')) return undefined
    throw error
  }
}

import { type LedgerChange, purchaseRecord, watchLedger } from '@bursar/audit'
import type { BursarError } from '@bursar/core'
import type { BursarEvent } from '@bursar/fetch'
import { withFollowedLedger } from '../accounts/with-ledger.js'
import type { CommandContext } from '../context.js'
import { type BalanceLooks, openBalanceLooks } from '../notify/open-balance-looks.js'
import { type LedgerNotifier, openLedgerNotifier } from '../notify/open-ledger-notifier.js'
import { untilInterrupted } from '../process/until-interrupted.js'
import { changeLine, lowBalanceLine } from '../text/change-line.js'
import { SettledSum } from '../text/settled-sum.js'
import { UsageError } from '../usage-error.js'

/** The options of `watch`. */
export interface WatchVerbOptions {
  /** Seconds between two looks at the record. */
  readonly every: number
  readonly json?: boolean
  /** Whether a webhook is told. */
  readonly notify?: boolean
}

/** The longest that {@link watchLedger} waits. */
const MAX_EVERY_S = 3_600
/** Why nothing more is printed when the program behind a pipe has ended. */
const nobodyReads = 'nobody reads on'

/** Prints what every process on this record pays, and which balances fall below what the policy names, until it is interrupted or nobody reads on. */
export async function watch(context: CommandContext, options: WatchVerbOptions): Promise<void> {
  if (options.every > MAX_EVERY_S) throw new UsageError(`--every is at most ${MAX_EVERY_S} seconds`)
  const sum = new SettledSum()
  const notifier = options.notify ? await openLedgerNotifier(context) : undefined
  const ended = new AbortController()
  // Whatever ends this, the looks at balances end as well: they would keep the process alive.
  try {
    const looks = await openBalanceLooks(context, (event) => {
      notifier?.noteLow(event)
      const line = options.json ? `${JSON.stringify(lowRecord(event))}\n` : lowBalanceLine(event)
      isRead(context, line).then(
        (isOpen) => isOpen || ended.abort(nobodyReads),
        (error) => ended.abort(error)
      )
    })
    try {
      await printChanges(context, options, { sum, notifier, looks, ended: ended.signal })
    } finally {
      await looks?.close()
    }
  } finally {
    await notifier?.close()
  }
  if (ended.signal.aborted && ended.signal.reason !== nobodyReads) throw ended.signal.reason
  context.err(sum.line())
}

interface Watched {
  readonly sum: SettledSum
  readonly notifier: LedgerNotifier | undefined
  readonly looks: BalanceLooks | undefined
  readonly ended: AbortSignal
}

async function printChanges(
  context: CommandContext,
  { every, json }: WatchVerbOptions,
  { sum, notifier, looks, ended }: Watched
): Promise<void> {
  await withFollowedLedger(context, (ledger) =>
    untilInterrupted(context.progress, async (interrupted) => {
      const signal = AbortSignal.any([interrupted, ended])
      const onUnavailable = ({ message }: BursarError<'ledger/unavailable'>): void =>
        context.err(`${message} It is read again in ${every} s.\n`)
      notifier?.begin(ledger, signal)
      const changes = await watchLedger(ledger, { everyMs: every * 1000, signal, onUnavailable })
      context.err('Watching. Ctrl-C ends it.\n')
      for await (const change of changes) {
        sum.add(change)
        notifier?.note(change)
        if (change.type === 'purchase') looks?.notePaid()
        const line = json ? `${JSON.stringify(changeRecord(change))}\n` : changeLine(change, context.columns)
        if (!(await isRead(context, line))) return
      }
    })
  )
}

/** Writes a line. @returns whether somebody reads it: the program behind a pipe may have ended. */
async function isRead({ write }: CommandContext, line: string): Promise<boolean> {
  try {
    await write(new TextEncoder().encode(line))
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EPIPE') return false
    throw error
  }
}

/** A balance that fell, as a program reads it. */
function lowRecord({ atMs, host = '', network, account, amount, symbol, below }: BursarEvent): object {
  const at = new Date(atMs).toISOString()
  return { at, change: 'balance-low', host, network, account, amount, asset: symbol, below }
}

/** A change as a program reads it. */
function changeRecord(change: LedgerChange): object {
  const at = new Date(change.atMs).toISOString()
  if (change.type === 'thawed') return { at, change: 'thawed' }
  if (change.type === 'frozen') return { at, change: 'frozen', reason: change.reason, by: change.by }
  const { state, was, purchase } = change
  const { labels } = purchase
  return { at, change: state, was: was ?? null, ...purchaseRecord(purchase), labels }
}

import { lstat } from 'node:fs/promises'
import { readShownBalances } from '../accounts/shown-balances.js'
import { withReadingLedger } from '../accounts/with-ledger.js'
import type { CommandContext } from '../context.js'
import { openFileSink } from '../files/file-sink.js'
import { commandPolicy } from '../policy/command-policy.js'
import { localNetworks } from '../policy/local-networks.js'
import { withIsoTimes } from '../text/with-iso-times.js'
import { UsageError } from '../usage-error.js'

/** The options of `report`. */
export interface ReportVerbOptions {
  readonly html?: string
  /** The first day, in Unix milliseconds. */
  readonly from?: number
  /** The last day, in Unix milliseconds. */
  readonly to?: number
  readonly force?: boolean
  readonly json?: boolean
}

const DAY_MS = 86_400_000

/** Writes what the dashboard shows, as one HTML file or as JSON. */
export async function report(context: CommandContext, options: ReportVerbOptions): Promise<void> {
  const { html, json, force = false } = options
  if (html === undefined && !json) throw new UsageError('Name the file: bursar report --html report.html')
  if (html !== undefined && !force) await assertNothingThere(html)
  const period = periodOf(options)
  const { readSnapshot, renderReport } = await import('@bursar/dashboard')
  await withReadingLedger(context, async (ledger) => {
    const source = {
      ledger,
      limits: () => commandPolicy(context).policy.limits,
      local: localNetworks(context),
      ...(period ? { period } : {})
    }
    if (json) context.out(`${JSON.stringify(withIsoTimes(await readSnapshot(source)))}\n`)
    if (html === undefined) return
    const balances = await readShownBalances(context)
    await writeFile(html, await renderReport({ ...source, balances }))
    context.err(`Written to ${html}.\n`)
  })
}

/** @throws {UsageError} when the last day is before the first. */
function periodOf({ from, to }: ReportVerbOptions) {
  if (from === undefined && to === undefined) return undefined
  if (from !== undefined && to !== undefined && to < from)
    throw new UsageError('--to is before --from. Both are days, such as 2026-11-01')
  return {
    ...(from === undefined ? {} : { fromMs: from }),
    // The last day is part of it.
    ...(to === undefined ? {} : { untilMs: to + DAY_MS })
  }
}

async function assertNothingThere(path: string): Promise<void> {
  const stats = await lstat(path).catch(() => undefined)
  if (stats === undefined || stats.isCharacterDevice()) return
  throw new UsageError(`${path} is there already. Name another file, or add --force to replace it`)
}

async function writeFile(path: string, text: string): Promise<void> {
  const sink = await openFileSink(path)
  try {
    await sink.write(Buffer.from(text))
    await sink.finish()
  } finally {
    await sink.discard()
  }
}

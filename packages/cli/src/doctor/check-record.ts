import type { LedgerStatus } from '@bursar/core'
import { checkLedger } from '@bursar/ledger/sqlite'
import { ledgerPlace } from '../accounts/open-ledger.js'
import { withLedger } from '../accounts/with-ledger.js'
import type { CommandContext } from '../context.js'
import { type TimeZoned, timeFormatter, zoneName } from '../text/time-text.js'
import { type Finding, failedFinding } from './finding.js'

/** Checks that the record can be read, is whole and may pay, and whether anything is unresolved. */
export async function checkRecord(context: CommandContext): Promise<Finding> {
  const what = 'record'
  try {
    const { path, shown } = ledgerPlace(context)
    const { open, status } = await withLedger(context, async (ledger) => ({
      open: (await ledger.outstanding()).length,
      status: await ledger.status()
    }))
    const text = blockedText(status, context) ?? (path && damageText(path))
    if (text) return { what, ok: false, text: `${shown} ${text}` }
    const unresolved = open === 0 ? '' : `; ${open} unresolved: bursar recover`
    return { what, ok: true, text: `${shown}${unresolved}` }
  } catch (error) {
    return failedFinding(what, error)
  }
}

/** Why nothing is paid. */
function blockedText({ frozen, restored }: LedgerStatus, zone: TimeZoned): string | undefined {
  if (frozen) {
    const since = `${timeFormatter(zone)(frozen.sinceMs)} (${zoneName(zone)})`
    return `is frozen since ${since} by ${frozen.by}: ${frozen.reason}. Nothing is paid until bursar thaw`
  }
  return restored && `pays nothing until bursar reconcile: ${restored.reason}`
}

/** What is wrong within the file. */
function damageText(path: string): string | undefined {
  const { problems } = checkLedger({ path })
  if (problems.length === 0) return undefined
  return `is damaged: ${problems.join('; ')}. Put a backup in its place, and run bursar reconcile`
}

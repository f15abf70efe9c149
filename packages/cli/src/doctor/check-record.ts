import { defaultPath } from '@bursar/ledger/default-path'
import { withLedger } from '../accounts/with-ledger.js'
import type { CommandContext } from '../context.js'
import { type Finding, failedFinding } from './finding.js'

/** Checks that the record can be read, that it is not frozen, and whether anything is unresolved. */
export async function checkRecord(context: CommandContext): Promise<Finding> {
  const what = 'record'
  const path = defaultPath(context.env)
  try {
    const { open, frozen } = await withLedger(context, async (ledger) => ({
      open: (await ledger.outstanding()).length,
      frozen: (await ledger.status()).frozen
    }))
    if (frozen) {
      const text = `${path} is frozen by ${frozen.by}: ${frozen.reason}. Nothing is paid until bursar thaw`
      return { what, ok: false, text }
    }
    const unresolved = open === 0 ? '' : `; ${open} unresolved: bursar recover`
    return { what, ok: true, text: `${path}${unresolved}` }
  } catch (error) {
    return failedFinding(what, error)
  }
}

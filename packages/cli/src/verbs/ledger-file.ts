import { accessSync, constants, existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { backupLedger, pruneLedger } from '@bursar/ledger/sqlite'
import { copyLedgerFile, mayWrite } from '../accounts/ledger-copy.js'
import { ledgerPath } from '../accounts/open-ledger.js'
import type { CommandContext } from '../context.js'
import { commandPolicy } from '../policy/command-policy.js'
import { UsageError } from '../usage-error.js'

const DAY_MS = 86_400_000
/** Twice the longest window of a limit. */
const SHORTEST_KEPT_DAYS = 62

/** Copies the record to a new file. */
export async function backup(
  context: CommandContext,
  to: string,
  { json }: { readonly json?: boolean }
): Promise<void> {
  if (existsSync(to))
    throw new UsageError(`${to} is there already. Name a file that is not. Nothing was copied`)
  assertMayWrite(dirname(resolve(to)))
  const file = await copyRecord(ledgerPath(context), to)
  context.out(`${json ? JSON.stringify({ file }) : file}\n`)
}

/** SQLite opens no record whose folder it cannot write: a copy of the file is copied then. */
async function copyRecord(path: string, to: string): Promise<string> {
  if (!existsSync(path) || mayWrite(path)) return backupLedger({ path, to })
  const copy = copyLedgerFile(path)
  try {
    return await backupLedger({ path: copy.path, to })
  } finally {
    copy.remove()
  }
}

/** What keeps the copy from being made says nothing of the record. @throws {UsageError} */
function assertMayWrite(folder: string): void {
  try {
    accessSync(folder, constants.W_OK)
  } catch (cause) {
    throw new UsageError(`Nothing was copied. The folder ${folder} cannot be written to`, { cause })
  }
}

/** Forgets what is over for longer than some days. */
export async function prune(
  context: CommandContext,
  options: { readonly days?: number; readonly json?: boolean }
): Promise<void> {
  const { days = commandPolicy(context).policy.retention?.days, json } = options
  if (days === undefined)
    throw new UsageError(
      'Say for how long everything is kept: --days 90, or bursar policy set retention.days=90'
    )
  if (days < SHORTEST_KEPT_DAYS) throw new UsageError(`--days is ${SHORTEST_KEPT_DAYS} or more, not ${days}`)
  const { purchases, jobs } = await pruneLedger({ path: ledgerPath(context), keepMs: days * DAY_MS })
  if (json) return context.out(`${JSON.stringify({ purchases, jobs })}\n`)
  context.out(`${purchases} purchases and ${jobs} jobs are forgotten.\n`)
}

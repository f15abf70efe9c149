import type { Ledger } from '@bursar/core'
import { defaultPath } from '@bursar/ledger/default-path'
import { openLedger } from '@bursar/policy'
import { commandPolicy, type PolicyContext } from '../policy/command-policy.js'
import { UsageError } from '../usage-error.js'

/** Where the record is. */
export interface LedgerPlace {
  /** Absent where it is in a database. */
  readonly path?: string
  /** Without what a URL may hold of secrets. */
  readonly shown: string
}

/** The record of the command: where the policy says, else in the data folder. */
export function ledgerOf(context: PolicyContext): Ledger {
  return openLedger(commandPolicy(context).policy.ledger ?? defaultPath(context.env))
}

/** Where the record is: where the policy says, else in the data folder. */
export function ledgerPlace(context: PolicyContext): LedgerPlace {
  const { ledger = defaultPath(context.env) } = commandPolicy(context).policy
  if (!/^postgres(?:ql)?:/.test(ledger)) return { path: ledger, shown: ledger }
  return { shown: `the database at ${new URL(ledger).host}` }
}

/** The file of the record. @throws {UsageError} when the record is in a database. */
export function ledgerPath(context: PolicyContext): string {
  const { path } = ledgerPlace(context)
  if (path !== undefined) return path
  throw new UsageError('The record is in PostgreSQL, which has tools of its own for this')
}

import { bursarErrorOf } from '@bursar/core'
import { CommanderError } from 'commander'
import type { Progress } from '../context.js'
import { errorMessage } from '../error-text.js'
import { exitCodeOf, exitCodes } from '../exit-code.js'
import { OutputError } from '../files/output-error.js'
import type { ErrorDocument } from '../schemas/error.js'
import { UsageError } from '../usage-error.js'

type ErrorJson = ErrorDocument['error']

/** Where the codes of the command itself are explained. */
const PAGE = '@bursar/cli/docs/command.md#errors-of-the-command'

/** An error as `--json` prints it. @param hint what else to do. */
export function errorJson(error: unknown, progress: Progress, hint: string): ErrorDocument {
  const message =
    error instanceof CommanderError ? error.message.replace(/^error: /, '') : errorMessage(error, hint)
  const exitCode = error instanceof CommanderError ? exitCodes.usage : exitCodeOf(error, progress)
  const shared = { exitCode, message, verb: progress.verb ?? null }
  const known = error instanceof UsageError ? undefined : bursarErrorOf(error)
  if (!known) return { error: { ...ofCommand(error, progress), ...shared, docs: PAGE, context: {} } }
  const { code, moneyState: money, docs, context } = known
  return { error: { code, money, ...shared, docs, context: { ...context } } }
}

/** An interruption as `--json` prints it. */
export function interruptionJson(
  { moneyAtStake, verb }: Progress,
  { exitCode, message }: Pick<ErrorJson, 'exitCode' | 'message'>
): ErrorDocument {
  const money = moneyOf[moneyAtStake]
  const shared = { exitCode, money, message, verb: verb ?? null }
  return { error: { code: 'command/interrupted', ...shared, docs: PAGE, context: {} } }
}

const moneyOf = {
  none: 'none',
  'in-flight': 'unknown',
  paid: 'settled',
  job: 'settled',
  account: 'unknown',
  balance: 'unknown'
} as const satisfies Readonly<Record<Progress['moneyAtStake'], ErrorJson['money']>>

function ofCommand(error: unknown, { hasReserved }: Progress): Pick<ErrorJson, 'code' | 'money'> {
  if (error instanceof UsageError || error instanceof CommanderError)
    return { code: 'command/usage', money: 'none' }
  if (error instanceof OutputError)
    return { code: 'command/output', money: error.isPaid ? 'settled' : 'none' }
  return { code: 'command/failed', money: hasReserved ? 'unknown' : 'none' }
}

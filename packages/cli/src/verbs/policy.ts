import {
  locatePolicy,
  type MergedValue,
  type PolicyChange,
  parseKey,
  parseSetting,
  readPolicy
} from '@bursar/policy'
import type { CommandContext } from '../context.js'
import { limitsLeft } from '../limits/limits-left.js'
import { changeFile } from '../policy/change-file.js'
import { commandPolicy } from '../policy/command-policy.js'
import { settingColumns, settingJson, settingLines } from '../policy/setting-text.js'
import { table } from '../text/table.js'
import { checkUsage } from '../usage-error.js'

/** How a policy is printed. */
interface Output {
  readonly json?: boolean | undefined
}

/** Shows every setting that holds, where it comes from, and what else was said. */
export async function showPolicy(context: CommandContext, { json }: Output): Promise<void> {
  const { path } = locatePolicy(context.env)
  const { policy, values } = commandPolicy(context)
  const left = await limitsLeft(context, policy.limits ?? {})
  const leftOf = ({ key }: MergedValue) => left.get(key.replace(/^limits\./, ''))
  if (json) {
    const settings = values.map((value) => settingJson(value, leftOf(value)))
    return context.out(`${JSON.stringify({ settings, file: path })}\n`)
  }
  if (values.length === 0) context.out('Nothing is set: each payment needs --max-amount.\n')
  else
    context.out(
      table(
        context,
        settingColumns,
        values.flatMap((value) => settingLines(value, { left: leftOf(value), file: path }))
      )
    )
}

/** Sets what `name=value` says. @throws {UsageError} @throws {BursarError} `policy/unreadable` */
export async function setPolicy(
  context: CommandContext,
  changes: readonly string[],
  output: Output
): Promise<void> {
  await change(context, { set: checkUsage(() => changes.map(parseSetting)) }, output)
}

/** Removes settings by their names. @throws {UsageError} @throws {BursarError} `policy/unreadable` */
export async function unsetPolicy(
  context: CommandContext,
  names: readonly string[],
  output: Output
): Promise<void> {
  await change(context, { unset: checkUsage(() => names.map(parseKey)) }, output)
}

/** Says whether a file is a policy. @throws {BursarError} `policy/unreadable` with what is wrong with it. */
export async function checkPolicy(
  context: CommandContext,
  file: string | undefined,
  { json }: Output
): Promise<void> {
  const { path } = locatePolicy(context.env, file)
  await readPolicy({ env: context.env, path: file })
  context.out(json ? `${JSON.stringify({ file: path, ok: true })}\n` : `${path} can be used.\n`)
}

/** Changes the file, and prints the settings as they now are. */
async function change(context: CommandContext, changes: PolicyChange, output: Output): Promise<void> {
  const notice = await changeFile(context, changes)
  await showPolicy(context, output)
  context.err(notice)
}

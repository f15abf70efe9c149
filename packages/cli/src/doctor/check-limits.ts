import type { CommandContext } from '../context.js'
import { limitRows, wordsOf } from '../limits/limit-rows.js'
import { commandPolicy } from '../policy/command-policy.js'
import { type Finding, failedFinding } from './finding.js'

/** Checks that the policy can be read, and that something is left of each limit. */
export async function checkLimits(context: CommandContext): Promise<Finding> {
  const what = 'limits'
  try {
    const rows = await limitRows(context, commandPolicy(context))
    const text = wordsOf(rows) || 'none are set: each payment needs --max-amount'
    return { what, ok: rows.every(({ left }) => left !== '0'), text }
  } catch (error) {
    return failedFinding(what, error)
  }
}

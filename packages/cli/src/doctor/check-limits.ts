import type { CommandContext } from '../context.js'
import { readLimits } from '../limits/limits-file.js'
import { limitsLeft } from '../limits/limits-left.js'
import { type Finding, failedFinding } from './finding.js'

/** Checks that the limits can be read, and that something is left of each. */
export async function checkLimits(context: CommandContext): Promise<Finding> {
  const what = 'limits'
  try {
    const limits = readLimits(context.env)
    const left = await limitsLeft(context, limits)
    const texts = Object.entries(limits).map(([name, amount]) => {
      const rest = left.get(name)
      return `${name} ${amount}${rest === undefined ? '' : ` (${rest} left)`}`
    })
    const text = texts.length === 0 ? 'none are set: each payment needs --max-amount' : texts.join(', ')
    return { what, ok: [...left.values()].every((rest) => rest !== '0'), text }
  } catch (error) {
    return failedFinding(what, error)
  }
}

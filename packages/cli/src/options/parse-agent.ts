import type { AgentLimits } from '@bursar/local-server'
import { type LimitName, limitName, parseLimit, sumLimits } from '../limits/stored-limits.js'
import { UsageError } from '../usage-error.js'

/** An agent as `--agent` names it. */
export interface NamedAgent {
  readonly name: string
  readonly limits: AgentLimits
}

/** Reads `research`, or `research=day:1.00,payment:0.05`. @throws {UsageError} */
export function parseAgent(text: string): NamedAgent {
  const [name = '', ...rest] = text.split('=')
  if (!/^[\w.-]{1,64}$/.test(name) || rest.length > 1) throw malformed(text)
  const limits = rest.flatMap((sums) => sums.split(',')).map((sum) => parseAgentLimit(sum, text))
  return { name, limits: Object.fromEntries(limits) }
}

/** Whether an agent's own limits bound what it spends in all. */
export function hasSumLimit({ limits }: NamedAgent): boolean {
  return sumLimits.some((name) => limits[name] !== undefined)
}

function parseAgentLimit(sum: string, text: string): readonly [LimitName, string] {
  const [name = '', amount = '', ...rest] = sum.split(':')
  if (name === '' || amount === '' || rest.length > 0) throw malformed(text)
  return parseLimit(`${limitName(name)}=${amount}`)
}

function malformed(text: string): UsageError {
  return new UsageError(
    `--agent wants a name of letters and digits, or name=day:1.00,payment:0.05, not "${text.slice(0, 60)}"`
  )
}

import { parseUsdc, type UsdcAmount } from '@bursar/core'
import type { Limits, PolicyOptions, SumLimits } from '@bursar/fetch'
import type { AgentLimits } from '@bursar/local-server'

/** What an agent may spend, also when what holds for all agents changes. */
export function agentPolicy(
  agent: AgentLimits,
  { limits, currentPolicy }: Pick<PolicyOptions, 'limits' | 'currentPolicy'>
): Pick<PolicyOptions, 'limits' | 'currentPolicy'> {
  const own = { limits: limitsOfAgent(agent, limits) }
  if (!currentPolicy) return own
  return {
    ...own,
    // Not remembered by the object that is given: that may be another one each time, or the same one with other limits.
    currentPolicy() {
      const shared = currentPolicy()
      return { ...shared, limits: limitsOfAgent(agent, shared.limits) }
    }
  }
}

/** The limits of all agents together with those of one: where both limit the same, the lower one holds. */
export function limitsOfAgent(agent: AgentLimits, shared: Limits): Limits {
  const { payment, ...sums } = agent
  const { perLabel = {} } = shared
  return {
    ...shared,
    payment: lower(payment, shared.payment),
    perLabel: { ...perLabel, agent: lowerSums(sums, perLabel.agent ?? {}) }
  }
}

const windows = ['minute', 'hour', 'day', 'week', 'month', 'total'] as const satisfies (keyof SumLimits)[]

function lowerSums(a: SumLimits, b: SumLimits): SumLimits {
  const sums: { -readonly [Window in keyof SumLimits]: SumLimits[Window] } = {}
  for (const window of windows) {
    const amount = a[window] === undefined ? b[window] : lower(b[window], a[window])
    if (amount !== undefined) sums[window] = amount
  }
  return sums
}

function lower(a: UsdcAmount | undefined, b: UsdcAmount): UsdcAmount {
  return a === undefined || parseUsdc(b) < parseUsdc(a) ? b : a
}

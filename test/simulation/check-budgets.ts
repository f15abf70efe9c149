import { parseUsdc } from '@bursar/core'
import type { Sent, Watched } from './watched.js'

const HOUR_MS = 3_600_000
/** Clocks may differ by this much at most, there and back; the longest authorization; and what a chain may lag. */
const slackMs = (maxSkewMs: number): number => 4 * maxSkewMs + 300_000 + 60_000

/**
 * What could settle plus what has settled, held against every budget: by the chain's own word, of everything that went
 * over the wire.
 */
export function checkBudgets(watched: Watched, sent: readonly Sent[]): string[] {
  const { plan, chain, scheduler } = watched
  const { total, hour, perHost, perAgent } = plan.limits
  const fromMs = scheduler.nowMs - HOUR_MS + slackMs(plan.maxSkewMs)
  const costOf = (is: (sent: Sent) => boolean, sinceMs = 0): bigint => {
    let sum = 0n
    for (const each of sent) {
      const authorization = chain.get(each.reference)
      if (!authorization || !is(each) || !chain.canCost(each.reference)) continue
      const { settledAtMs, amountAtomic } = authorization
      if (settledAtMs === undefined || settledAtMs >= sinceMs) sum += amountAtomic
    }
    return sum
  }
  const problems: string[] = []
  const hold = (name: string, limit: string, cost: bigint): void => {
    if (cost > parseUsdc(limit)) problems.push(`${cost} could settle, above the ${name} of ${limit}`)
  }
  hold(
    'total',
    total,
    costOf(() => true)
  )
  hold(
    'hour',
    hour,
    costOf(() => true, fromMs)
  )
  for (const origin of new Set(sent.map(({ intent }) => intent.origin)))
    hold(
      `total of ${origin}`,
      perHost,
      costOf(({ intent }) => intent.origin === origin)
    )
  for (const agent of new Set(sent.map(({ intent }) => intent.agent)))
    hold(
      `total of agent ${agent ?? 'unnamed'}`,
      perAgent,
      costOf(({ intent }) => intent.agent === agent)
    )
  return problems
}

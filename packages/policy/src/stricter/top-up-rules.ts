import { parseUsdc } from '@bursar/core'
import type { Policy } from '../schema/policy-schema.js'

type TopUp = NonNullable<Policy['topUp']>
type Rule = NonNullable<TopUp['katana']>

/** The rules that top up only what both do: at a service for which one has no rule, nothing is topped up. */
export function commonTopUp(first: TopUp | undefined, second: TopUp | undefined): TopUp | undefined {
  const katana = commonRule(first?.katana, second?.katana)
  const venice = commonRule(first?.venice, second?.venice)
  if (!katana && !venice) return undefined
  return { ...(katana ? { katana } : {}), ...(venice ? { venice } : {}) }
}

/** For how long a top-up is waited for guards no money, and is of the first. */
function commonRule(first: Rule | undefined, second: Rule | undefined): Rule | undefined {
  if (!first || !second) return undefined
  const { below: _, cooldownMs: __, ...others } = first
  // Without it, the balance is topped up only when a call falls short.
  const below = first.below && second.below && lower(first.below, second.below)
  return {
    ...others,
    ...lowerOf('amount', first, second),
    ...lowerOf('perDay', first, second),
    ...lowerOf('total', first, second),
    ...(below === undefined ? {} : { below }),
    ...longerCooldown(first, second)
  }
}

function lowerOf(name: 'amount' | 'perDay' | 'total', first: Rule, second: Rule): Rule {
  const amount = lower(first[name], second[name])
  return amount === undefined ? {} : { [name]: amount }
}

function lower(first: string | undefined, second: string | undefined): string | undefined {
  if (first === undefined || second === undefined) return first ?? second
  return parseUsdc(second) < parseUsdc(first) ? second : first
}

function longerCooldown(first: Rule, second: Rule): Rule {
  if (first.cooldownMs === undefined && second.cooldownMs === undefined) return {}
  const waits = [first, second].map(({ cooldownMs = 0 }) => cooldownMs)
  return { cooldownMs: Math.max(...waits) }
}

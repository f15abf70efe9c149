import type { JsonObject } from '@bursar/core'
import { number, object } from '../../shared/wire/tolerant-schemas.js'

/** What is left on an account. */
export interface RelayBalance {
  /** Decimal dollars; absent where the key has no bound. */
  readonly remainingUsd?: string
  /** Decimal dollars that the key has spent. */
  readonly usedUsd: string
}

/** What `GET /v1/dashboard/billing/subscription` of new-api answers. */
const subscriptionSchema = object({ hard_limit_usd: number })
/** What `GET /v1/dashboard/billing/usage` answers: a total in cents (OpenClaw 42). */
const usageSchema = object({ total_usage: number })

/** A key without a bound shows this many dollars (OpenClaw 42). */
const UNLIMITED_USD = 100_000_000

/** Reads what is left; `undefined` when there are no amounts. */
export function readBalance(subscription: JsonObject, usage: JsonObject): RelayBalance | undefined {
  const { hard_limit_usd: limit } = subscriptionSchema.parse(subscription)
  const { total_usage: cents } = usageSchema.parse(usage)
  if (limit === undefined || cents === undefined) return undefined
  const used = cents / 100
  const usedUsd = used.toFixed(6)
  if (limit >= UNLIMITED_USD) return { usedUsd }
  return { usedUsd, remainingUsd: Math.max(0, limit - used).toFixed(6) }
}

import { isJsonObject, type JsonObject } from '@bursar/core'

/** By how much a transaction changed what an owner has of a mint, in its smallest unit. */
export interface TokenChange {
  readonly owner: string
  readonly amount: bigint
}

/** How a transaction changed all balances of one mint, as the node reports it. */
export function tokenChanges(meta: JsonObject, mint: string): readonly TokenChange[] {
  const changes = new Map<string, bigint>()
  for (const [field, sign] of [
    ['preTokenBalances', -1n],
    ['postTokenBalances', 1n]
  ] as const) {
    for (const { owner, amount } of balances(meta[field], mint)) {
      changes.set(owner, (changes.get(owner) ?? 0n) + sign * amount)
    }
  }
  return [...changes].map(([owner, amount]) => ({ owner, amount })).filter(({ amount }) => amount !== 0n)
}

function balances(listed: unknown, mint: string): TokenChange[] {
  return (Array.isArray(listed) ? listed : []).flatMap((entry: unknown) => {
    if (!isJsonObject(entry) || entry.mint !== mint || typeof entry.owner !== 'string') return []
    const amount = isJsonObject(entry.uiTokenAmount) ? entry.uiTokenAmount.amount : undefined
    return typeof amount === 'string' && /^\d+$/.test(amount)
      ? [{ owner: entry.owner, amount: BigInt(amount) }]
      : []
  })
}

import {
  type Clock,
  type Ledger,
  nameTakenError,
  overLimitError,
  type Purchase,
  systemClock
} from '@bursar/core'
import { matches } from './history-filter.js'
import { conflict, frozen } from './refusals.js'
import { Tally } from './tally.js'
import {
  isClaimable,
  isHeld,
  isOutstanding,
  keepsName,
  openPurchase,
  reopenPurchase,
  transition
} from './transition.js'

/** How many finished purchases without a name are remembered. What they cost is remembered for ever. */
const MAX_FINISHED = 1_000

/**
 * A ledger in this process's memory: budgets hold across concurrent calls, and everything is lost
 * with the process. For tests, browsers, and those who choose it.
 */
export function memoryLedger({ clock = systemClock }: { readonly clock?: Clock } = {}): Ledger {
  const purchases = new Map<string, Purchase>()
  const finished = new Set<string>()
  const failed = new Map<string, Set<string>>()
  const tally = new Tally()
  let frozenBecause: string | undefined

  function put(before: Purchase | undefined, after: Purchase): Purchase {
    tally.move(before, after)
    purchases.set(after.id, after)
    indexFailed(after)
    // What an equal call may still take up is never forgotten, or that call would pay again; nor is what has a name.
    const isNeeded = isHeld(after) || after.call === 'open' || after.payment || after.name
    if (!isNeeded) forgetOldest(after.id)
    return after
  }

  function indexFailed(purchase: Purchase): void {
    const ids = failed.get(purchase.fingerprint)
    const resumable = purchase.call === 'failed' && purchase.payment !== undefined
    if (resumable) failed.set(purchase.fingerprint, (ids ?? new Set()).add(purchase.id))
    else if (ids?.delete(purchase.id) && ids.size === 0) failed.delete(purchase.fingerprint)
  }

  function forgetOldest(id: string): void {
    finished.add(id)
    if (finished.size <= MAX_FINISHED) return
    const [oldest] = finished
    if (oldest === undefined) return
    finished.delete(oldest)
    const purchase = purchases.get(oldest)
    if (!purchase || isHeld(purchase) || purchase.call === 'open') return
    purchases.delete(oldest)
    failed.get(purchase.fingerprint)?.delete(oldest)
  }

  function named(name: string | undefined): Purchase | undefined {
    if (name === undefined) return undefined
    return [...purchases.values()].find((purchase) => purchase.name === name && keepsName(purchase))
  }

  return {
    async reserve(reservation, sign) {
      const nowMs = clock.nowMs()
      if (frozenBecause !== undefined) throw frozen(frozenBecause)
      const namesake = named(reservation.name)
      if (namesake) throw nameTakenError(namesake.name ?? '', namesake.id)
      const refusal = tally.refusal(reservation.budgets, reservation.offer.cost, nowMs)
      if (refusal) throw overLimitError(refusal, reservation.offer.cost)
      if (purchases.has(reservation.id)) throw conflict(reservation.id, 'present', 'reserved')
      const purchase = openPurchase(reservation, nowMs)
      return put(undefined, sign ? transition(purchase, sign(), nowMs) : purchase)
    },
    async check({ budgets, offer }) {
      return tally.refusal(budgets, offer.cost, clock.nowMs())
    },
    async recordEvent(id, event) {
      const purchase = purchases.get(id)
      if (!purchase) throw conflict(id, 'absent', event.type)
      return put(purchase, transition(purchase, event, clock.nowMs()))
    },
    async resume(query) {
      for (const id of failed.get(query.fingerprint) ?? []) {
        const purchase = purchases.get(id)
        if (!purchase || !isClaimable(purchase, query, clock.nowMs())) continue
        if (frozenBecause !== undefined) throw frozen(frozenBecause, purchase)
        return put(purchase, reopenPurchase(purchase))
      }
      return undefined
    },
    async get(id) {
      return purchases.get(id)
    },
    async outstanding() {
      return [...purchases.values()].filter(isOutstanding)
    },
    find: async (name) => named(name),
    async *history(query = {}) {
      for (const purchase of [...purchases.values()].reverse()) if (matches(purchase, query)) yield purchase
    },
    async freeze(reason) {
      frozenBecause = reason
    },
    async close() {}
  }
}

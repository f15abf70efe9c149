import type { AtomicUsdc, NetworkId, Purchase } from '@bursar/core'
import { BoundedMap } from '@bursar/core/bounded-map'
import { priceOf } from '../../rules/charge.js'
import { placesOf } from '../../rules/places.js'
import { hasBytes, holdsName, isHeld, showsPrice } from '../../rules/questions.js'
import type { WhichCalls } from '../../steps/transaction.js'

/** How many finished purchases without a name are remembered. What they cost is remembered for ever. */
const MAX_FINISHED = 1_000
/** How many hosts and paths keep their payee and price after their purchases were dropped. */
const MAX_REMEMBERED = 10_000

/** Where an equal call finds a purchase: among those that are open, or those whose calls have ended and whose bytes are kept. */
type Place = 'open' | 'resumable' | 'nowhere'

/** A purchase, and its number in the order of their making. */
interface Entry {
  readonly number: number
  purchase: Purchase
  place: Place
  /** Whether it is among those that are forgotten in turn. */
  isFinished: boolean
}

/** Purchases in memory, in the order of their making, and what finds them. */
export class MemoryPurchases {
  readonly #entries = new Map<string, Entry>()
  readonly #idOfName = new Map<string, string>()
  /** By fingerprint. */
  readonly #open = new Map<string, Set<Entry>>()
  readonly #resumable = new Map<string, Set<Entry>>()
  /** Those that are forgotten in turn, in a ring: what an array loses in front, all others move for. */
  readonly #finished: string[] = []
  /** Where in the ring the oldest is, once it is full. */
  #oldest = 0
  #made = 0
  readonly #payees = new BoundedMap<string, string>(MAX_REMEMBERED)
  readonly #costs = new BoundedMap<string, AtomicUsdc>(MAX_REMEMBERED)

  put(purchase: Purchase): void {
    const { id, name, fingerprint } = purchase
    const entry: Entry = this.#entries.get(id) ?? {
      number: ++this.#made,
      purchase,
      place: 'nowhere',
      isFinished: false
    }
    entry.purchase = purchase
    this.#entries.set(id, entry)
    if (name !== undefined) {
      if (holdsName(purchase)) this.#idOfName.set(name, id)
      else if (this.#idOfName.get(name) === id) this.#idOfName.delete(name)
    }
    this.#place(entry, fingerprint)
    if (!entry.isFinished && isFinished(purchase)) this.#finish(entry)
  }

  byId(id: string | undefined): Purchase | undefined {
    return id === undefined ? undefined : this.#entries.get(id)?.purchase
  }

  byName(name: string): Purchase | undefined {
    return this.byId(this.#idOfName.get(name))
  }

  /** Those of a fingerprint whose calls are open or whose bytes are kept, oldest first. */
  equalCalls(fingerprint: string, which: WhichCalls): readonly Purchase[] {
    const resumable = [...(this.#resumable.get(fingerprint) ?? [])]
    const open = which === 'all' ? [...(this.#open.get(fingerprint) ?? [])] : []
    return [...resumable, ...open].sort((a, b) => a.number - b.number).map(({ purchase }) => purchase)
  }

  /** The number of the newest, or of the newest that was made before a time. */
  newest(beforeMs?: number): number {
    if (beforeMs === undefined) return this.#made
    const entries = [...this.#entries.values()]
    return entries.findLast(({ purchase }) => purchase.reservedAtMs < beforeMs)?.number ?? 0
  }

  answeredSince(fingerprint: string, newest: number): readonly Purchase[] {
    // Nearly always nothing was made since, and there may be many from before.
    if (newest === this.#made) return []
    return [...this.#entries.values()]
      .filter(({ number }) => number > newest)
      .map(({ purchase }) => purchase)
      .filter((purchase) => purchase.fingerprint === fingerprint && purchase.call === 'answered')
  }

  /** Oldest first. */
  all(): readonly Purchase[] {
    return [...this.#entries.values()].map(({ purchase }) => purchase)
  }

  lastPayee(host: string, network: NetworkId): string | undefined {
    const last = this.#lastPaid((purchase) => isOn(purchase, host, network))
    return last?.offer.payTo ?? this.#payees.get(`${network} ${host}`)
  }

  lastCost(host: string, path: string): AtomicUsdc | undefined {
    const last = this.#lastPaid((purchase) =>
      placesOf(purchase).some((place) => place.host === host && place.path === path)
    )
    return (last && priceOf(last)) ?? this.#costs.get(`${host}${path}`)
  }

  /** Most events of a purchase leave it where it is. */
  #place(entry: Entry, fingerprint: string): void {
    const place = placeOf(entry.purchase)
    if (place === entry.place) return
    entry.place = place
    setIn(this.#open, fingerprint, { entry, isIn: place === 'open' })
    setIn(this.#resumable, fingerprint, { entry, isIn: place === 'resumable' })
  }

  #lastPaid(is: (purchase: Purchase) => boolean): Purchase | undefined {
    return this.all().findLast((purchase) => showsPrice(purchase) && is(purchase))
  }

  /** A purchase that an equal call may resume is never dropped, or that call would pay again. Nor is a named one. */
  #finish(entry: Entry): void {
    entry.isFinished = true
    const oldest = this.#finished[this.#oldest]
    this.#finished[this.#oldest] = entry.purchase.id
    this.#oldest = (this.#oldest + 1) % MAX_FINISHED
    if (oldest !== undefined) this.#forget(this.#entries.get(oldest))
  }

  #forget(entry: Entry | undefined): void {
    if (!entry) return
    const { purchase } = entry
    entry.isFinished = isFinished(purchase)
    if (!entry.isFinished) return
    this.#entries.delete(purchase.id)
    if (showsPrice(purchase)) this.#remember(purchase)
  }

  #remember(purchase: Purchase): void {
    const { offer } = purchase
    for (const { host, path } of placesOf(purchase)) {
      this.#payees.set(`${offer.network} ${host}`, offer.payTo)
      this.#costs.set(`${host}${path}`, priceOf(purchase))
    }
  }
}

function placeOf(purchase: Purchase): Place {
  if (purchase.call === 'open') return 'open'
  return hasBytes(purchase) ? 'resumable' : 'nowhere'
}

/** Puts an entry into the set of a key, or takes it out. */
function setIn(
  sets: Map<string, Set<Entry>>,
  key: string,
  { entry, isIn }: { readonly entry: Entry; readonly isIn: boolean }
): void {
  const set = sets.get(key)
  if (isIn) {
    if (set) set.add(entry)
    else sets.set(key, new Set([entry]))
  } else if (set?.delete(entry) && set.size === 0) sets.delete(key)
}

function isFinished(purchase: Purchase): boolean {
  return !isHeld(purchase) && purchase.call !== 'open' && !hasBytes(purchase) && purchase.name === undefined
}

function isOn(purchase: Purchase, host: string, network: NetworkId): boolean {
  return purchase.offer.network === network && placesOf(purchase).some((place) => place.host === host)
}

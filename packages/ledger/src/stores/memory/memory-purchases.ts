import type { AtomicUsdc, NetworkId, Purchase } from '@bursar/core'
import { hostOf } from '../../rules/host.js'
import { hasBytes, holdsName, isHeld, showsPrice } from '../../rules/questions.js'

/** How many finished purchases without a name are remembered. What they cost is remembered for ever. */
const MAX_FINISHED = 1_000
/** Of how many hosts and paths, whose purchases are forgotten, payee and price are remembered. */
const MAX_REMEMBERED = 10_000

/** Purchases in memory, in the order of their making, and what finds them. */
export class MemoryPurchases {
  readonly #byId = new Map<string, Purchase>()
  readonly #idOfName = new Map<string, string>()
  /** Those that an equal call may resume or join. */
  readonly #equal = new Map<string, Set<string>>()
  readonly #finished = new Set<string>()
  readonly #numbers = new Map<string, number>()
  #made = 0
  readonly #payees = new Map<string, string>()
  readonly #costs = new Map<string, AtomicUsdc>()

  put(purchase: Purchase): void {
    const { id, name } = purchase
    if (!this.#byId.has(id)) this.#numbers.set(id, ++this.#made)
    this.#byId.set(id, purchase)
    if (name !== undefined) {
      if (holdsName(purchase)) this.#idOfName.set(name, id)
      else if (this.#idOfName.get(name) === id) this.#idOfName.delete(name)
    }
    this.#indexEqual(purchase)
    if (isFinished(purchase)) this.#finish(purchase)
  }

  byId(id: string | undefined): Purchase | undefined {
    return id === undefined ? undefined : this.#byId.get(id)
  }

  byName(name: string): Purchase | undefined {
    return this.byId(this.#idOfName.get(name))
  }

  equalCalls(fingerprint: string): readonly Purchase[] {
    return [...(this.#equal.get(fingerprint) ?? [])].flatMap((id) => this.byId(id) ?? [])
  }

  /** How many were made. */
  get newest(): number {
    return this.#made
  }

  answeredSince(fingerprint: string, newest: number): readonly Purchase[] {
    return this.all().filter(
      ({ id, fingerprint: each, call }) =>
        each === fingerprint && call === 'answered' && (this.#numbers.get(id) ?? 0) > newest
    )
  }

  /** Oldest first. */
  all(): readonly Purchase[] {
    return [...this.#byId.values()]
  }

  lastPayee(host: string, network: NetworkId): string | undefined {
    const last = this.#lastPaid((purchase) => isOn(purchase, host, network))
    return last?.offer.payTo ?? this.#payees.get(`${network} ${host}`)
  }

  lastCost(host: string, path: string): AtomicUsdc | undefined {
    const last = this.#lastPaid((purchase) => hostOf(purchase.origin) === host && purchase.path === path)
    return last?.offer.cost ?? this.#costs.get(`${host}${path}`)
  }

  #lastPaid(is: (purchase: Purchase) => boolean): Purchase | undefined {
    return this.all().findLast((purchase) => showsPrice(purchase) && is(purchase))
  }

  #indexEqual(purchase: Purchase): void {
    const { id, fingerprint } = purchase
    const ids = this.#equal.get(fingerprint)
    if (purchase.call === 'open' || hasBytes(purchase))
      this.#equal.set(fingerprint, (ids ?? new Set()).add(id))
    else if (ids?.delete(id) && ids.size === 0) this.#equal.delete(fingerprint)
  }

  /** What an equal call may still resume is never forgotten, or that call would pay again; nor is what has a name. */
  #finish({ id }: Purchase): void {
    this.#finished.add(id)
    if (this.#finished.size <= MAX_FINISHED) return
    const [oldest] = this.#finished
    if (oldest === undefined) return
    this.#finished.delete(oldest)
    const purchase = this.#byId.get(oldest)
    if (!purchase || !isFinished(purchase)) return
    this.#byId.delete(oldest)
    this.#numbers.delete(oldest)
    if (showsPrice(purchase)) this.#remember(purchase)
  }

  #remember({ origin, path, offer }: Purchase): void {
    const host = hostOf(origin)
    remember(this.#payees, `${offer.network} ${host}`, offer.payTo)
    remember(this.#costs, `${host}${path}`, offer.cost)
  }
}

function isFinished(purchase: Purchase): boolean {
  return !isHeld(purchase) && purchase.call !== 'open' && !hasBytes(purchase) && purchase.name === undefined
}

function isOn({ origin, offer }: Purchase, host: string, network: NetworkId): boolean {
  return offer.network === network && hostOf(origin) === host
}

function remember<Value>(known: Map<string, Value>, key: string, value: Value): void {
  known.delete(key)
  known.set(key, value)
  const [oldest] = known.keys()
  if (known.size > MAX_REMEMBERED && oldest !== undefined) known.delete(oldest)
}

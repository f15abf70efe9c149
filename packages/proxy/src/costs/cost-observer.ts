import {
  CostTally,
  type Ledger,
  lazyLedger,
  type Purchase,
  type PurchaseEvent,
  type Reservation,
  type Spending,
  spendingOf
} from '@bursar/core'

/** A purchase that a call has reserved or resumed. */
interface ObservedPurchase {
  readonly kind: keyof Spending
  /** Of all calls, and of those that pay it or carry it on. */
  readonly tallies: Set<CostTally>
  /** What was reserved, and what of it was added so far. `1_000_000n = 1 USDC` */
  readonly reserved: bigint
  added: bigint
}

/** Purchases that are remembered: more than run at once, and than have jobs whose cost is corrected later. */
const MAX_PURCHASES = 4096

/** Learns from the ledger what is paid, as it is written down, and adds it up: of all calls, and of each. */
export class CostObserver {
  readonly #total = new CostTally()
  readonly #purchases = new Map<string, ObservedPurchase>()

  /** What all calls cost so far. */
  get spending(): Spending {
    return this.#total.spending
  }

  /**
   * What a call says its purchases to, so that their costs are added to a tally as well.
   *
   * @param onPaidBefore is told of one that was settled before this call carried it on.
   */
  addTo(tally: CostTally, onPaidBefore: () => void = () => {}): (purchase: string) => void {
    return (id) => {
      const purchase = this.#purchases.get(id)
      if (!purchase || purchase.tallies.has(tally)) return
      purchase.tallies.add(tally)
      if (purchase.added === 0n) return
      tally.add(purchase.kind, purchase.added)
      onPaidBefore()
    }
  }

  /** The same ledger, observed. */
  observe(ledger: Ledger): Ledger {
    return {
      ...lazyLedger(async () => ledger),
      close: () => ledger.close(),
      reserve: (reservation, options) => {
        this.#remember(reservation)
        return ledger.reserve(reservation, options)
      },
      resume: async (query, options) => {
        const resumption = await ledger.resume(query, options)
        if (resumption.kind === 'resumed') this.#carryOn(resumption.purchase)
        return resumption
      },
      recordEvent: (id, event, options) => {
        this.#add(id, event)
        return ledger.recordEvent(id, event, options)
      }
    }
  }

  /** What is settled was paid by an earlier call, in whose sum it is: of this call it is the cost all the same. */
  #carryOn(purchase: Purchase): void {
    const { id, state, offer } = purchase
    const known = this.#purchases.get(id)
    if (state !== 'settled') this.#remember(purchase)
    else if (known) known.added = offer.cost
    else this.#keep(id, { ...observed(purchase), tallies: new Set(), added: offer.cost })
  }

  #remember(purchase: Reserved): void {
    // A call that carries it on may have looked before the end that another has written.
    const { added = 0n } = this.#purchases.get(purchase.id) ?? {}
    this.#keep(purchase.id, { ...observed(purchase), tallies: new Set([this.#total]), added })
  }

  #keep(id: string, purchase: ObservedPurchase): void {
    const [oldest] = this.#purchases.size < MAX_PURCHASES ? [] : this.#purchases.keys()
    if (oldest !== undefined) this.#purchases.delete(oldest)
    this.#purchases.set(id, purchase)
  }

  #add(id: string, event: PurchaseEvent): void {
    const purchase = this.#purchases.get(id)
    if (!purchase || (event.type !== 'settled' && event.type !== 'corrected')) return
    const cost = event.cost ?? purchase.reserved
    for (const tally of purchase.tallies) tally.add(purchase.kind, cost - purchase.added)
    purchase.added = cost
  }
}

/** As much of a purchase as its cost is learned by. */
type Reserved = Pick<Reservation | Purchase, 'id' | 'kind' | 'labels' | 'offer'>

function observed(purchase: Reserved): Pick<ObservedPurchase, 'kind' | 'reserved'> {
  return { kind: spendingOf(purchase), reserved: purchase.offer.cost }
}

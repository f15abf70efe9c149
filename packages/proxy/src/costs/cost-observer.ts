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

  /** What a call says its purchases to, so that their costs are added to a tally as well. */
  addTo(tally: CostTally): (purchase: string) => void {
    return (purchase) => this.#purchases.get(purchase)?.tallies.add(tally)
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
        if (resumption.kind === 'resumed' && resumption.purchase.state !== 'settled')
          this.#remember(resumption.purchase)
        return resumption
      },
      recordEvent: (id, event, options) => {
        this.#add(id, event)
        return ledger.recordEvent(id, event, options)
      }
    }
  }

  #remember(purchase: Pick<Reservation | Purchase, 'id' | 'kind' | 'labels' | 'offer'>): void {
    // A call that carries it on may have looked before the end that another has written.
    const { added = 0n } = this.#purchases.get(purchase.id) ?? {}
    const [oldest] = this.#purchases.size < MAX_PURCHASES ? [] : this.#purchases.keys()
    if (oldest !== undefined) this.#purchases.delete(oldest)
    this.#purchases.set(purchase.id, {
      kind: spendingOf(purchase),
      tallies: new Set([this.#total]),
      reserved: purchase.offer.cost,
      added
    })
  }

  #add(id: string, event: PurchaseEvent): void {
    const purchase = this.#purchases.get(id)
    if (!purchase || (event.type !== 'settled' && event.type !== 'corrected')) return
    const cost = event.cost ?? purchase.reserved
    for (const tally of purchase.tallies) tally.add(purchase.kind, cost - purchase.added)
    purchase.added = cost
  }
}

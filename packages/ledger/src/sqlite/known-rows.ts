import type { Purchase } from '@bursar/core'

/** More than are open at once; past it, rows are read again. */
const MAX_ROWS = 10_000

/** What this process wrote last and nobody has changed since, so that it need not be read. */
export class KnownRows {
  /** Why the ledger is frozen: an empty list when it is not, `undefined` when it is not known. */
  freezing: readonly string[] | undefined
  readonly #purchases = new Map<string, Purchase>()
  #version: bigint | undefined

  /** Whether everything known is of this version of the file. */
  isOf(version: bigint | undefined): boolean {
    return version !== undefined && version === this.#version
  }

  forget(version: bigint | undefined): void {
    this.#version = version
    this.freezing = undefined
    this.#purchases.clear()
  }

  get(id: string): Purchase | undefined {
    return this.#purchases.get(id)
  }

  /** Keeps a purchase as it was written, while its call goes on. */
  keep(purchase: Purchase): Purchase {
    if (purchase.call !== 'open' || this.#purchases.size >= MAX_ROWS) this.#purchases.delete(purchase.id)
    else this.#purchases.set(purchase.id, purchase)
    return purchase
  }
}

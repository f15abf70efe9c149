import type { LedgerStatus, Purchase } from '@bursar/core'

/** More than are open at once; past it, rows are read again. */
const MAX_ROWS = 10_000

/** What this session wrote last and nobody has changed since, so that it need not be read. */
export class RowCache {
  /** Whether the ledger is frozen. Absent: not known. */
  frozen: { readonly is: LedgerStatus['frozen'] } | undefined
  readonly #purchases = new Map<string, Purchase>()
  #version: bigint | undefined

  /** Whether everything cached is of this version of the file. */
  isOf(version: bigint | undefined): boolean {
    return version !== undefined && version === this.#version
  }

  clear(version: bigint | undefined): void {
    this.#version = version
    this.frozen = undefined
    this.#purchases.clear()
  }

  get(id: string): Purchase | undefined {
    return this.#purchases.get(id)
  }

  /** Keeps a purchase as it was written, while its call goes on. */
  keep(purchase: Purchase): void {
    if (purchase.call !== 'open' || this.#purchases.size >= MAX_ROWS) this.#purchases.delete(purchase.id)
    else this.#purchases.set(purchase.id, purchase)
  }
}

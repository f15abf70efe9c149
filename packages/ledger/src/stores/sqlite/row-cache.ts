import type { Purchase } from '@bursar/core'

/** More than are open at once; past it, rows are read again. */
const MAX_ROWS = 10_000

/** What is known of the file, as long as nobody else writes to it: purchases as this session wrote them last, and settings. */
export class RowCache {
  /** By their keys. Those that are absent are not known. */
  readonly settings = new Map<string, { readonly value: string | undefined }>()
  readonly #purchases = new Map<string, Purchase>()
  #version: bigint | undefined

  /** Whether everything cached is of this version of the file. */
  isOf(version: bigint | undefined): boolean {
    return version !== undefined && version === this.#version
  }

  clear(version: bigint | undefined): void {
    this.#version = version
    this.settings.clear()
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

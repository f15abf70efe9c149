import type { Purchase } from '@bursar/core'

/** More rows than calls are open at once. Beyond it, rows are read again. */
const MAX_ROWS = 10_000

/** Caches purchases as this session wrote them last, and settings, for as long as nobody else writes to the file. */
export class RowCache {
  /** By key. A key that is absent is not cached. */
  readonly settings = new Map<string, { readonly value: string | undefined }>()
  readonly #purchases = new Map<string, Purchase>()
  #version: bigint | undefined

  /** Whether the cache is of this version of the file. */
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

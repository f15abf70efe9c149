import type { Page } from '../steps/transaction.js'

/** Reads a list page by page while iterating. */
export async function* eachOf<Item>(
  read: (before: bigint | undefined) => Promise<Page<Item>>
): AsyncGenerator<Item, void, undefined> {
  for (let before: bigint | undefined; ; ) {
    const { items, next } = await read(before)
    yield* items
    if (next === undefined) return
    before = next
  }
}

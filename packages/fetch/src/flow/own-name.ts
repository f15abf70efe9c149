import type { CallOptions } from './call.js'

/** Top-ups are found by names that begin so, and carry the label of that name. */
const TOP_UP = 'top-up'

/**
 * Rejects a name that belongs to top-ups. A purchase that took one would stand in the place of the next top-up.
 *
 * @throws {TypeError}
 */
export function assertOwnName({ purchase, labels = {} }: CallOptions): void {
  if (!purchase?.startsWith(`${TOP_UP} `) || Object.hasOwn(labels, TOP_UP)) return
  throw new TypeError(`bursar.purchase: names that begin with "${TOP_UP} " belong to top-ups`)
}

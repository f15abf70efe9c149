import type { JsonObject } from '@bursar/core'

/** The type of an item of Responses. Messages and references may leave it out. */
export function itemType({ type, role, id }: JsonObject): string {
  if (typeof type === 'string') return type
  return role === undefined && typeof id === 'string' ? 'item_reference' : 'message'
}

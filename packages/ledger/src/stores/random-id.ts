import { systemRandom } from '@bursar/core'

/** A name that nobody else has. Pages that are not secure have no `crypto.randomUUID`. */
export function randomId(): string {
  return [...systemRandom(16)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

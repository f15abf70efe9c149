import type { JsonObject } from '@bursar/core'

/** An API that a service speaks for every request. */
export const always = (): boolean => true

/** An API that a service speaks for some models. */
export function modelLike(pattern: RegExp) {
  return ({ model }: JsonObject): boolean => pattern.test(String(model))
}

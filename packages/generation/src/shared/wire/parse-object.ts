import { isJsonObject, type JsonObject } from '@bursar/core'

/** Reads text as a JSON object; `undefined` when it is anything else. */
export function parseObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isJsonObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

import { isJsonObject, type JsonObject } from '@bursar/core'

/** Reads a header that is a JSON object in base64; nothing when it is none. */
export function readBase64Json(header: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(header, 'base64').toString())
    return isJsonObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

import { isJsonObject, type JsonObject } from '@bursar/core'

/** Decodes a header that is a JSON object in base64. Undefined when it is anything else. */
export function readBase64Json(header: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(header, 'base64').toString())
    return isJsonObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

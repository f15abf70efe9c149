import type { JsonObject } from '@bursar/core'

/** A request as prices are read from it: JSON, or the text fields of a form with its files beside them. */
export interface PricedRequest {
  /** In capitals. */
  readonly method: string
  /** From the path on that all of the service's paths begin with: `/chat/completions`. */
  readonly path: string
  readonly body: JsonObject
  /** Bytes of the JSON text as it is sent; of a form, those of its text fields. */
  readonly bodyBytes: number
  readonly files: readonly PricedFile[]
}

/** A file of a form. */
export interface PricedFile {
  readonly mimeType: string
  readonly bytes: number
}

/** Reads a JSON body that is about to be sent as it is. */
export function pricedJson(path: string, body: JsonObject): PricedRequest {
  return { method: 'POST', path, body, bodyBytes: byteLength(JSON.stringify(body)), files: [] }
}

/** Reads the fields and files of a form. */
export function pricedForm(path: string, form: FormData): PricedRequest {
  const body: Record<string, string> = {}
  const files: PricedFile[] = []
  let bodyBytes = 0
  for (const [name, value] of form) {
    if (typeof value !== 'string') files.push({ mimeType: value.type, bytes: value.size })
    else {
      body[name] = value
      bodyBytes += byteLength(name) + byteLength(value)
    }
  }
  return { method: 'POST', path, body, bodyBytes, files }
}

/** Length as UTF-8. */
export function byteLength(text: string): number {
  return new TextEncoder().encode(text).byteLength
}

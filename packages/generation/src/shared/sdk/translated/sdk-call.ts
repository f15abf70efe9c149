import { type JsonObject, parseJsonObject } from '@bursar/core'
import type { KeptResponses, SentJson } from '@bursar/translation'
import type { SdkInit, SdkService } from './sdk-service.js'

/** A call of an SDK that is translated. */
export interface SdkCall {
  /** Behind the API's: `/messages`. */
  readonly path: string
  readonly body: JsonObject
  readonly form: FormData | undefined
  /** The rest of the call. */
  readonly init: SdkInit
  readonly service: SdkService
  /** Unique among answers. */
  readonly id: string
  readonly createdAtSeconds: number
  readonly responses: KeptResponses
}

/** The body of a call, and the JSON object in it: an empty one where there is none. */
export function readBody({ body }: RequestInit): SentJson {
  const bytes = bytesOf(body)
  return { bytes, object: parseJsonObject(new TextDecoder().decode(bytes)) ?? {} }
}

function bytesOf(body: RequestInit['body']): Uint8Array<ArrayBuffer> {
  if (body instanceof ArrayBuffer) return new Uint8Array(body)
  return new TextEncoder().encode(typeof body === 'string' ? body : '')
}

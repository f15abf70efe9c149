import { type JsonObject, parseJsonObject } from '@bursar/core'
import { type KeptResponses, readFormFields, type SentJson } from '@bursar/translation'
import type { SdkInit, SdkService } from './sdk-service.js'

/** A call of an SDK that is translated. */
export interface SdkCall {
  /** Behind the API's: `/messages`. */
  readonly path: string
  readonly query: URLSearchParams
  /** Of a form, its text fields. */
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

/** The body of a call, read. */
export interface SdkBody extends SentJson {
  /** Where a form was sent. The object is its text fields then. */
  readonly form: FormData | undefined
}

/** Reads the body of a call: the JSON object in it, and an empty one where there is none. */
export function readBody({ body }: RequestInit): SdkBody {
  if (body instanceof FormData) {
    const { form, body: object } = readFormFields(body)
    return { form, object, bytes: new Uint8Array() }
  }
  const bytes = bytesOf(body)
  return { form: undefined, bytes, object: parseJsonObject(new TextDecoder().decode(bytes)) ?? {} }
}

function bytesOf(body: RequestInit['body']): Uint8Array<ArrayBuffer> {
  if (body instanceof ArrayBuffer) return new Uint8Array(body)
  return new TextEncoder().encode(typeof body === 'string' ? body : '')
}

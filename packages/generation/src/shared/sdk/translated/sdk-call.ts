import { type JsonObject, MAX_JSON_DEPTH, parseJsonObject } from '@bursar/core'
import { invalidRequest, type KeptResponses, readFormFields, type SentJson } from '@bursar/translation'
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
  /** Whether what was sent is a JSON object, or a form. */
  readonly isReadable: boolean
}

/** Reads the body of a call: the JSON object in it, and an empty one where there is none. */
export function readBody({ body }: RequestInit): SdkBody {
  if (body instanceof FormData) {
    const { form, body: object } = readFormFields(body)
    return { form, object, bytes: new Uint8Array(), isReadable: true }
  }
  const bytes = bytesOf(body)
  const object = parseJsonObject(new TextDecoder().decode(bytes))
  return { form: undefined, bytes, object: object ?? {}, isReadable: object !== undefined }
}

/** Looks whether there is a body to be translated, in the words of the proxy. @throws {InvalidRequest} */
export function assertReadable({ isReadable }: SdkBody): void {
  const what = `The body is not a JSON object, or is nested deeper than ${MAX_JSON_DEPTH} levels`
  if (!isReadable) throw invalidRequest(what, 'invalid_json')
}

function bytesOf(body: RequestInit['body']): Uint8Array<ArrayBuffer> {
  if (body instanceof ArrayBuffer) return new Uint8Array(body)
  return new TextEncoder().encode(typeof body === 'string' ? body : '')
}

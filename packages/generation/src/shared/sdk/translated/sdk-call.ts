import { type JsonObject, parseJsonObject } from '@bursar/core'
import type { KeptResponses } from '@bursar/translation'
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

/** The JSON of a body; an empty object where it is none. */
export function bodyOf({ body }: RequestInit): JsonObject {
  if (body instanceof ArrayBuffer) return parseJsonObject(new TextDecoder().decode(body)) ?? {}
  return (typeof body === 'string' ? parseJsonObject(body) : undefined) ?? {}
}

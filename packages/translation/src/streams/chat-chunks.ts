import { isJsonObject, type JsonObject, parseJsonObject } from '@bursar/core'
import { asText } from '../json-fields.js'
import { dataIn } from './data-in.js'

/** The chunks in some whole events of a stream of a chat. What is none, such as `[DONE]`, is left out. */
export function* chatChunksIn(events: string): Generator<JsonObject, void, undefined> {
  for (const data of dataIn(events)) {
    const chunk = parseJsonObject(data)
    if (chunk) yield chunk
  }
}

/** The error that a service ends a stream with, in its own words; `undefined` where a chunk is none. */
export function chunkError({ error = null }: JsonObject): { readonly words: string } | undefined {
  if (error === null) return undefined
  return { words: isJsonObject(error) ? asText(error.message) : asText(error) }
}

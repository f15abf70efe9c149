import { type JsonObject, parseJsonObject } from '@bursar/core'
import * as z from 'zod/mini'
import type { ChatChunk, ChatCompletion } from '../chat-completion.js'

const message = z.looseObject({})

/** What `POST /v1/chat/completions` answers. Everything but the choices is handed on as it came. */
const completionSchema = z.looseObject({ choices: z.array(z.looseObject({ message })).check(z.minLength(1)) })
/** One event of a stream. */
const chunkSchema = z.looseObject({ choices: z.array(z.looseObject({})) })

/** Whether an answer is a completion. */
export function isCompletion(answer: JsonObject): answer is JsonObject & ChatCompletion {
  return completionSchema.safeParse(answer).success
}

/** Reads the data of an event; `undefined` when it is no chunk. */
export function readChunk(data: string): ChatChunk | undefined {
  const chunk = parseJsonObject(data)
  return chunk && isChunk(chunk) ? chunk : undefined
}

function isChunk(value: JsonObject): value is JsonObject & ChatChunk {
  return chunkSchema.safeParse(value).success
}

import type { JsonObject } from '@bursar/core'
import { listed, object, text } from '../../shared/wire/tolerant-schemas.js'

const MAX_MODELS = 10_000

/** What `GET /v1/models` answers, as OpenAI's does. */
const modelsSchema = object({ data: listed({ id: text() }, MAX_MODELS) })

/** Reads the names of what is sold; `undefined` when there is no list. */
export function readModels(answer: JsonObject): readonly string[] | undefined {
  return modelsSchema.parse(answer).data?.flatMap(({ id }) => id ?? [])
}

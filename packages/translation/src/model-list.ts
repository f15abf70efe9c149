import type { JsonObject } from '@bursar/core'
import { resolveModel } from './model-name.js'

/** Lists models as OpenAI does. @see https://platform.openai.com/docs/api-reference/models/list */
export function openaiModelList(names: readonly string[]): JsonObject {
  return { object: 'list', data: names.map(openaiModel) }
}

/** One model as OpenAI describes it. */
export function openaiModel(id: string): JsonObject {
  return { id, object: 'model', created: 0, owned_by: 'bursar' }
}

/** Lists models as Anthropic does. @see https://docs.anthropic.com/en/api/models-list */
export function anthropicModelList(names: readonly string[]): JsonObject {
  return {
    data: names.map(anthropicModel),
    has_more: false,
    first_id: names[0] ?? null,
    last_id: names.at(-1) ?? null
  }
}

/** One model as Anthropic describes it. */
export function anthropicModel(id: string): JsonObject {
  return { type: 'model', id, display_name: id, created_at: '1970-01-01T00:00:00Z' }
}

/** A model that is asked after by its name in a path. */
interface ModelInPath {
  /** Empty where it is encoded wrongly. */
  readonly asked: string
  /** Whether a request by this name has a model: it may differ from the listed one as in requests. */
  readonly isKnown: boolean
}

/**
 * Reads the name behind `/v1/models/`.
 *
 * @param encoded as it is in the path: the name `a/b` is `a%2Fb`.
 * @param names those that are listed.
 */
export function modelInPath(encoded: string, names: readonly string[]): ModelInPath {
  const asked = decoded(encoded)
  return { asked, isKnown: resolveModel(asked, names) !== undefined }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return ''
  }
}

import type { JsonObject } from '@bursar/core'

/** Lists models as OpenAI does, or as Anthropic does for those who speak its API. */
export function listModels(names: readonly string[], isAnthropic: boolean): JsonObject {
  if (!isAnthropic)
    return {
      object: 'list',
      data: names.map((id) => ({ id, object: 'model', created: 0, owned_by: 'bursar' }))
    }
  const data = names.map((id) => ({
    type: 'model',
    id,
    display_name: id,
    created_at: '1970-01-01T00:00:00Z'
  }))
  return { data, has_more: false, first_id: names[0] ?? null, last_id: names.at(-1) ?? null }
}

import { isJsonObject } from '@bursar/core'
import * as z from 'zod/mini'
import { defined } from '../../shared/wire/defined.js'
import { text, texts } from '../../shared/wire/tolerant-schemas.js'
import type { ModelDetails } from '../catalogue/model.js'

const MAX_FEATURES = 100
const MAX_DESCRIPTION = 4000

/** The fields that say what a model is, in the service's own words. */
export const detailFields = {
  features: texts(MAX_FEATURES),
  description: text(MAX_DESCRIPTION),
  /** Put there by {@link withRaw}. */
  raw: z.unknown()
}

/** Reads what a model is. @param known its entry in the snapshot. */
export function readDetails(
  { features, description, raw }: z.output<z.ZodMiniObject<typeof detailFields>>,
  known: Partial<ModelDetails>
): ModelDetails {
  return {
    features: features ?? known.features ?? [],
    ...defined({
      description: description ?? known.description,
      raw: isJsonObject(raw) ? raw : undefined
    })
  }
}

/** The entries of a list, each with itself as it came. */
export function withRaw(entries: unknown): unknown {
  if (!Array.isArray(entries)) return entries
  return entries.map((entry: unknown) => (isJsonObject(entry) ? { ...entry, raw: entry } : entry))
}

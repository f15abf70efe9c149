import type { JsonObject } from '@bursar/core'
import * as z from 'zod/mini'
import { object, objects, text } from '../../shared/wire/tolerant-schemas.js'
import type { Catalogue } from '../catalogue/model.js'
import { katanaCatalogue } from '../catalogue/snapshot.js'
import { imageModelFields, readImageModel, readVideoModel, videoModelFields } from './media-models.js'
import { withRaw } from './model-details.js'
import { readTextModel, textModelFields, textPricesSchema } from './text-models.js'

const MAX_MODELS = 2000
const name = { public_model_name: text(80) }

/** What `GET /v1/models` answers. */
const modelListSchema = object({
  images: objects({ ...name, ...imageModelFields }, MAX_MODELS),
  videos: objects({ ...name, ...videoModelFields }, MAX_MODELS),
  text: objects({ ...name, ...textModelFields }, MAX_MODELS),
  text_pricing: z.catch(z.record(z.string(), z.unknown()), {})
})

/**
 * Reads today's catalogue. Katana's guide names the fields and not all of their shapes: what is missing or not
 * understood is taken from the snapshot, where that lists the model, and each entry is kept as it came.
 */
export function readModelList(answer: JsonObject): Catalogue {
  const list = modelListSchema.parse({
    ...answer,
    images: withRaw(answer.images),
    videos: withRaw(answer.videos),
    text: withRaw(answer.text)
  })
  const { images, videos, texts, atomicUsdPerTenth } = katanaCatalogue
  return {
    source: 'live',
    images: named(list.images).map((entry) => readImageModel(entry, find(images, entry.name))),
    videos: named(list.videos).map((entry) => readVideoModel(entry, find(videos, entry.name))),
    texts: named(list.text).map((entry) => {
      const prices = textPricesSchema.parse(list.text_pricing[entry.name])
      return readTextModel({ ...entry, prices }, find(texts, entry.name))
    }),
    atomicUsdPerTenth
  }
}

/** The entries that have a public name, by which requests name their model. */
function named<Entry extends { readonly public_model_name: string | undefined }>(entries: readonly Entry[]) {
  return entries.flatMap((entry) => {
    const { public_model_name: name } = entry
    return name === undefined ? [] : [{ ...entry, name }]
  })
}

function find<Model extends { readonly name: string }>(
  known: readonly Model[],
  name: string
): Partial<Model> {
  return known.find((model) => model.name === name) ?? {}
}

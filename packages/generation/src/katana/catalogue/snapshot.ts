import { imageDetails } from './image-details.js'
import { imageRows, needSourceImage } from './image-rows.js'
import type { Catalogue, ImageModel, ModelDetails, TextModel, VideoModel } from './model.js'
import { textDetails } from './text-details.js'
import { textRows } from './text-rows.js'
import { videoDetails } from './video-details.js'
import { videoRows } from './video-rows.js'

const THUMBNAILS = 'https://wasmall.imgnai.com/static/thumbnails/'

const images = entriesOf(imageRows).map(([name, row]): ImageModel => {
  const [key, displayName, creator, costTenths, maxReferenceImages, aspects] = row
  return {
    type: 'image',
    name,
    key,
    displayName,
    creator,
    costTenths,
    aspects,
    maxReferenceImages,
    needsSourceImage: needSourceImage.has(name),
    isHosted: creator === 'imgnAI',
    ...mediaDetails(imageDetails[name])
  }
})

const videos = entriesOf(videoRows).map(
  ([name, { name: displayName, costs, ...row }]): VideoModel => ({
    type: 'video',
    name,
    displayName,
    costsTenths: new Map(Object.entries(costs).map(([seconds, tenths]) => [Number(seconds), tenths])),
    hasFirstFrame: true,
    hasMidFrame: false,
    ...row,
    ...mediaDetails(videoDetails[name])
  })
)

/** Models whose descriptions say that their prices rise, and not to what. @see Katana's guide, "Text Models" */
const dearerAbove: ReadonlyMap<string, Pick<TextModel, 'dearerAboveTokens'>> = new Map([
  ['grok-4-3', { dearerAboveTokens: 200_000 }],
  ['qwen3-6-flash', { dearerAboveTokens: 256_000 }]
])

const texts = entriesOf(textRows).map(([name, row]): TextModel => {
  const [
    displayName,
    publisher,
    contextTokens,
    maxOutputTokens,
    reads,
    input,
    output,
    cacheRead,
    cacheWrite
  ] = row
  const [releasedOn, features, description] = textDetails[name]
  return {
    type: 'text',
    name,
    displayName,
    publisher,
    contextTokens,
    ...(maxOutputTokens === null ? {} : { maxOutputTokens }),
    reads,
    isPrivate: name.endsWith('-private'),
    ...dearerAbove.get(name),
    ...details(features, description),
    releasedOn,
    costsTenths: {
      input,
      output,
      ...(cacheRead === null ? {} : { cacheRead }),
      ...(cacheWrite === null ? {} : { cacheWrite })
    }
  }
})

/**
 * Katana's 111 models as its guide for integrators lists them: the default without a network. Prices move; ask
 * `models.list()` for today's.
 */
export const katanaCatalogue: Catalogue = {
  source: 'snapshot',
  images,
  videos,
  texts,
  // $0.0052 a credit, which is 520 millionths for a tenth.
  atomicUsdPerTenth: 520n
}

function mediaDetails([thumbnail, features, description]: readonly [string, string, string]) {
  return { ...details(features, description), thumbnailUrl: THUMBNAILS + thumbnail }
}

function details(features: string, description: string): ModelDetails {
  return { features: features.split(', '), description }
}

/** As `Object.entries`, whose names are no more than text. */
function entriesOf<Rows extends object>(rows: Rows): [keyof Rows & string, Rows[keyof Rows]][] {
  const names = Object.keys(rows) as (keyof Rows & string)[]
  return names.map((name) => [name, rows[name]])
}

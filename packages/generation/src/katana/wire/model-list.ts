import { isJsonObject, type JsonObject, type JsonValue } from '@bursar/core'
import { defined, numberAt, objectAt, objectsAt, textAt } from '../../shared/service/fields.js'
import type {
  Catalogue,
  CustomRule,
  ImageModel,
  InputType,
  TextModel,
  VideoModel
} from '../catalogue/model.js'
import { katanaCatalogue } from '../catalogue/snapshot.js'
import { parseCredits } from '../pricing/credits.js'
import { customRules } from '../rules/custom-rules.js'

const MAX_MODELS = 2000
const MAX_WORDS = 100

/**
 * Reads what `GET /v1/models` answers. Katana's guide names the fields and not all of their shapes: what is missing or
 * not understood is taken from the snapshot, where that lists the model.
 */
export function readModelList(body: JsonObject): Catalogue {
  const { images, videos, texts, atomicUsdPerTenth } = katanaCatalogue
  const pricing = objectAt(body, 'text_pricing')
  const read = <Model>(
    field: string,
    known: readonly (Model & { name: string })[],
    one: ReadOne<Model>
  ): Model[] =>
    objectsAt(body, field, MAX_MODELS).flatMap((entry) => {
      const name = textAt(entry, 'public_model_name', 80)
      return name === undefined
        ? []
        : [
            one(
              entry,
              name,
              known.find((model) => model.name === name)
            )
          ]
    })
  return {
    source: 'live',
    images: read('images', images, readImageModel),
    videos: read('videos', videos, readVideoModel),
    texts: read<TextModel>('text', texts, (entry, name, known) => readTextModel(entry, name, known, pricing)),
    atomicUsdPerTenth
  }
}

type ReadOne<Model> = (entry: JsonObject, name: string, known: Model | undefined) => Model

function readImageModel(entry: JsonObject, name: string, known: ImageModel | undefined): ImageModel {
  const costTenths = creditsOf(entry.credits) ?? known?.costTenths
  return {
    type: 'image',
    ...readCommon(entry, name, known),
    needsSourceImage: known?.needsSourceImage ?? false,
    isHosted: known?.isHosted ?? false,
    ...defined({ costTenths })
  }
}

function readVideoModel(entry: JsonObject, name: string, known: VideoModel | undefined): VideoModel {
  const costsTenths = readCosts(entry.video_lengths_and_costs)
  return {
    type: 'video',
    ...readCommon(entry, name, known),
    costsTenths: costsTenths.size > 0 ? costsTenths : (known?.costsTenths ?? costsTenths),
    hasFirstFrame: flagAt(entry, 'supports_first_frame') ?? known?.hasFirstFrame ?? false,
    hasMidFrame: flagAt(entry, 'supports_mid_frame') ?? known?.hasMidFrame ?? false,
    hasLastFrame: flagAt(entry, 'supports_last_frame') ?? known?.hasLastFrame ?? false,
    needsFirstFrame: known?.needsFirstFrame ?? false,
    maxAudioFiles: numberAt(entry, 'maximum_reference_audio_files') ?? known?.maxAudioFiles ?? 0,
    hasSound: flagAt(entry, 'audio_gen_model') ?? known?.hasSound ?? false,
    rules: wordsAt(entry, 'custom_rules')?.filter(isCustomRule) ?? known?.rules ?? []
  }
}

function readCommon(entry: JsonObject, name: string, known: ImageModel | VideoModel | undefined) {
  return {
    name,
    key: textAt(entry, 'model_key', 80) ?? known?.key ?? name,
    displayName: textAt(entry, 'display_name', 80) ?? known?.displayName ?? name,
    creator: textAt(entry, 'creator', 80) ?? known?.creator ?? '',
    aspects: wordsAt(entry, 'supported_aspects') ?? known?.aspects ?? [],
    maxReferenceImages: numberAt(entry, 'maximum_reference_images') ?? known?.maxReferenceImages ?? 0
  }
}

function readTextModel(
  entry: JsonObject,
  name: string,
  known: TextModel | undefined,
  pricing: JsonObject
): TextModel {
  const privacy = textAt(entry, 'privacy', 40)
  return {
    type: 'text',
    name,
    displayName: textAt(entry, 'display_name', 80) ?? known?.displayName ?? name,
    publisher: textAt(entry, 'publisher', 80) ?? known?.publisher ?? '',
    contextTokens: numberAt(entry, 'context_length') ?? known?.contextTokens ?? 0,
    reads: wordsAt(entry, 'input_types')?.filter(isInputType) ?? known?.reads ?? ['text'],
    isPrivate: privacy === undefined ? name.endsWith('-private') : privacy === 'E2EE Private',
    ...defined({
      maxOutputTokens: numberAt(entry, 'max_output_tokens') ?? known?.maxOutputTokens,
      costsTenths: readPrices(objectAt(pricing, name)) ?? known?.costsTenths,
      dearerAboveTokens: known?.dearerAboveTokens
    })
  }
}

function readPrices(entry: JsonObject): TextModel['costsTenths'] {
  const input = creditsOf(entry.input)
  const output = creditsOf(entry.output)
  if (input === undefined || output === undefined) return undefined
  return {
    input,
    output,
    ...defined({ cacheRead: creditsOf(entry.cacheRead), cacheWrite: creditsOf(entry.cacheWrite) })
  }
}

/** Prices by length, as a map from seconds or as a list: the guide speaks of keys. */
function readCosts(value: JsonValue | undefined): Map<number, bigint> {
  const entries = Array.isArray(value)
    ? value.flatMap((each: JsonValue) => (isJsonObject(each) ? [[each.seconds, each.credits] as const] : []))
    : isJsonObject(value)
      ? Object.entries(value)
      : []
  const costs = new Map<number, bigint>()
  for (const [seconds, credits] of entries.slice(0, MAX_WORDS)) {
    const length = Number(seconds)
    const tenths = creditsOf(credits)
    if (Number.isInteger(length) && length > 0 && tenths !== undefined) costs.set(length, tenths)
  }
  return costs
}

/** Decimal text, or a number that prints as one. */
function creditsOf(value: JsonValue | undefined): bigint | undefined {
  const text = typeof value === 'number' ? String(value) : value
  return typeof text === 'string' && /^\d{1,12}(?:\.\d)?$/.test(text) ? parseCredits(text) : undefined
}

function flagAt(entry: JsonObject, name: string): boolean | undefined {
  const value = entry[name]
  return typeof value === 'boolean' ? value : undefined
}

function wordsAt(entry: JsonObject, name: string): string[] | undefined {
  const value = entry[name]
  return Array.isArray(value) ? value.slice(0, MAX_WORDS).filter(isWord) : undefined
}

function isWord(value: JsonValue): value is string {
  return typeof value === 'string' && value.length <= 80
}

function isCustomRule(word: string): word is CustomRule {
  return Object.hasOwn(customRules, word)
}

function isInputType(word: string): word is InputType {
  return word === 'text' || word === 'image' || word === 'file' || word === 'audio' || word === 'video'
}

import * as z from 'zod'
import snapshot from './catalogue.json' with { type: 'json' }

/** Decimal text, as in the catalogue. */
const decimal = z.string().regex(/^\d+(?:\.\d+)?$/)

const imageModel = z.strictObject({
  id: z.string(),
  key: z.string(),
  displayName: z.string(),
  creator: z.string(),
  credits: decimal,
  aspects: z.array(z.string()),
  maxReferenceImages: z.int(),
  requiresImageInput: z.boolean(),
  inHouse: z.boolean()
})

const videoModel = z.strictObject({
  id: z.string(),
  key: z.string(),
  displayName: z.string(),
  creator: z.string(),
  durations: z.array(z.strictObject({ seconds: z.number(), credits: decimal })),
  aspects: z.array(z.string()),
  requiresImage: z.boolean(),
  firstFrame: z.boolean(),
  lastFrame: z.boolean(),
  maxReferenceImages: z.int(),
  maxReferenceAudioFiles: z.int(),
  generatesAudio: z.boolean(),
  customRules: z.array(z.string())
})

const textModel = z.strictObject({
  id: z.string(),
  displayName: z.string(),
  publisher: z.string(),
  privacy: z.string(),
  contextLength: z.int(),
  maxOutputTokens: z.nullable(z.int()),
  inputTypes: z.array(z.string()),
  creditsPer1M: z.strictObject({
    input: decimal,
    output: decimal,
    cacheRead: z.nullable(decimal),
    cacheWrite: z.nullable(decimal)
  })
})

const catalogueSchema = z.strictObject({
  source: z.string(),
  keysSource: z.string(),
  referenceUsdPerCredit: decimal,
  image: z.array(imageModel),
  video: z.array(videoModel),
  text: z.array(textModel)
})

/** An image model: its price, and the inputs it accepts. */
export type ImageModel = z.infer<typeof imageModel>
/** A video model: the price of each length, and the inputs it accepts. */
export type VideoModel = z.infer<typeof videoModel>
/** A text model: the price of a million tokens, and the inputs it accepts. */
export type TextModel = z.infer<typeof textModel>

/** Katana's models and prices, a dated snapshot. */
export const catalogue = catalogueSchema.parse(snapshot)

const imageModels = new Map(catalogue.image.map((model) => [model.id, model]))
const imageModelsByKey = new Map(catalogue.image.map((model) => [model.key, model]))
const videoModels = new Map(catalogue.video.map((model) => [model.id, model]))
const videoModelsByKey = new Map(catalogue.video.map((model) => [model.key, model]))
const textModels = new Map(catalogue.text.map((model) => [model.id, model]))

/** How a request may name a model. */
interface NameRules {
  /** Whether the internal key is a name, too. */
  readonly keysAllowed: boolean
}

/** Finds a model by its public name, or by its internal key when that is allowed (Katana 95 and 96). */
export function findImageModel(name: string, { keysAllowed }: NameRules): ImageModel | undefined {
  return imageModels.get(name) ?? (keysAllowed ? imageModelsByKey.get(name) : undefined)
}

/** As {@link findImageModel}, for videos. */
export function findVideoModel(name: string, { keysAllowed }: NameRules): VideoModel | undefined {
  return videoModels.get(name) ?? (keysAllowed ? videoModelsByKey.get(name) : undefined)
}

/** Finds a text model by its public name. */
export function findTextModel(name: string): TextModel | undefined {
  return textModels.get(name)
}

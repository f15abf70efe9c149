import { atomicUsdc, formatUsdc } from '@bursar/core'
import {
  type Catalogue,
  type ImageModel,
  katanaCatalogue,
  type TextModel,
  type VideoModel
} from '@bursar/generation/katana'
import type { ToolOutput } from '../tool-output.js'

/** What a model may be asked to make. */
export const modelKinds = ['image', 'video', 'text'] as const

/** Lists the models of a kind, with prices, as this version knows them. Asks nobody. */
export function listModels(
  kind: (typeof modelKinds)[number],
  catalogue: Catalogue = katanaCatalogue
): ToolOutput {
  const { images, videos, texts, atomicUsdPerTenth: rate } = catalogue
  const priceOf = (tenths: bigint): string => formatUsdc(atomicUsdc(tenths * rate))
  if (kind === 'image') return { models: images.map((model) => describeImage(model, priceOf)) }
  if (kind === 'video') return { models: videos.map((model) => describeVideo(model, priceOf)) }
  return { models: texts.map((model) => describeText(model, priceOf)) }
}

type PriceOf = (tenths: bigint) => string

function describeImage({ name, costTenths, aspects, maxReferenceImages }: ImageModel, priceOf: PriceOf) {
  const usd = costTenths === undefined ? 'unknown' : priceOf(costTenths)
  return { model: name, usd, aspectRatios: aspects, takesImages: maxReferenceImages }
}

function describeVideo(model: VideoModel, priceOf: PriceOf) {
  const { name, costsTenths, aspects, maxReferenceImages, hasFirstFrame, hasLastFrame } = model
  const usdBySeconds = [...costsTenths].map(([seconds, tenths]) => [seconds, priceOf(tenths)])
  return {
    model: name,
    usdBySeconds: Object.fromEntries(usdBySeconds),
    aspectRatios: aspects,
    takesFirstFrame: hasFirstFrame,
    takesLastFrame: hasLastFrame,
    takesReferences: maxReferenceImages
  }
}

function describeText({ name, costsTenths: costs, contextTokens }: TextModel, priceOf: PriceOf) {
  const usd = costs && { input: priceOf(costs.input), output: priceOf(costs.output) }
  return { model: name, usdPerMillionTokens: usd ?? 'unknown', contextTokens }
}

import { atomicUsdc, formatDecimal, formatUsdc, type JsonObject } from '@bursar/core'
import type { Catalogue, ImageModel, TextModel, VideoModel } from '@bursar/generation/katana'
import type { Model } from './model.js'
import { priceText } from './price-text.js'

/** What is known of a model, for programs. Amounts are decimal text. */
export function modelJson(model: Model, { atomicUsdPerTenth: rate, source }: Catalogue): JsonObject {
  const { name, type: kind, displayName, features, description = null, raw } = model
  return {
    name,
    kind,
    price: priceText(model, rate),
    displayName,
    ...(model.type === 'text' ? textJson(model, rate) : mediaJson(model, rate)),
    features: [...features],
    description,
    source,
    ...(raw === undefined ? {} : { raw })
  }
}

function mediaJson(model: ImageModel | VideoModel, rate: bigint): JsonObject {
  const { creator, aspects, maxReferenceImages, thumbnailUrl = null } = model
  return {
    creator,
    aspectRatios: [...aspects, 'auto'],
    maxReferenceImages,
    ...(model.type === 'image' ? imageJson(model, rate) : videoJson(model, rate)),
    thumbnailUrl
  }
}

function imageJson({ costTenths, needsSourceImage, isHosted }: ImageModel, rate: bigint): JsonObject {
  return {
    ...costJson(costTenths, rate),
    needsImage: needsSourceImage,
    outputFormats: ['png', 'jpeg', 'webp'],
    hasFastAndUhd: isHosted
  }
}

function videoJson(model: VideoModel, rate: bigint): JsonObject {
  const { hasFirstFrame, hasMidFrame, hasLastFrame, needsFirstFrame, maxAudioFiles, hasAudio, rules } = model
  const durations = [...model.costsTenths].map(([seconds, tenths]) => ({
    seconds,
    ...costJson(tenths, rate)
  }))
  return {
    durations,
    frames: { first: hasFirstFrame, middle: hasMidFrame, last: hasLastFrame },
    needsFirstFrame,
    maxAudioFiles,
    hasAudio,
    rules: [...rules]
  }
}

function textJson(model: TextModel, rate: bigint): JsonObject {
  const { publisher, contextTokens, reads, isPrivate } = model
  const { maxOutputTokens = null, releasedOn = null, dearerAboveTokens = null } = model
  const costs: readonly [string, bigint][] = Object.entries(model.costsTenths ?? {})
  const usdPerMillionTokens = Object.fromEntries(costs.map(([what, tenths]) => [what, usd(tenths, rate)]))
  return {
    publisher,
    usdPerMillionTokens,
    dearerAboveTokens,
    contextTokens,
    maxOutputTokens,
    reads: [...reads],
    privacy: isPrivate ? 'E2EE Private' : 'Anonymized',
    releasedOn
  }
}

function costJson(tenths: bigint | undefined, rate: bigint): JsonObject {
  if (tenths === undefined) return { credits: null, usd: null }
  return { credits: formatDecimal(tenths, 1), usd: usd(tenths, rate) }
}

function usd(tenths: bigint, rate: bigint): string {
  return formatUsdc(atomicUsdc(tenths * rate))
}

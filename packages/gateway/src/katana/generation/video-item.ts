import type { JsonObject } from '@bursar/core'
import * as z from 'zod'
import type { Dimensions } from '../../images/dimensions.js'
import { findVideoModel, type VideoModel } from '../catalogue/catalogue.js'
import { type CreditUnits, parseCredits } from '../catalogue/credits.js'
import { nearestAspect, videoSizeOf } from './aspect-ratio.js'
import type { ItemRejection } from './image-item.js'
import { audioSeconds, leadingSize, readVideoMedia, type VideoMedia } from './video-media.js'
import { brokenRule } from './video-rules.js'

/** A video to make. */
export interface VideoSpec {
  readonly kind: 'video'
  readonly model: VideoModel
  readonly prompt: string
  readonly aspect: string
  readonly size: Dimensions
  readonly seconds: number
  readonly credits: CreditUnits
}

const videoItem = z.object({
  type: z.literal('video'),
  model: z.string(),
  prompt: z.string().trim().min(1).max(20_000),
  duration_seconds: z.number(),
  aspect_ratio: z.string()
})

/**
 * Reads a video item of a generation request.
 *
 * @param keysAllowed whether a model may be named by its internal key.
 * @param rulesOff rules that are not enforced.
 * @returns what to make, or why the item is rejected.
 */
export function readVideoItem(
  item: JsonObject,
  keysAllowed: boolean,
  rulesOff: readonly string[] = []
): VideoSpec | ItemRejection {
  const parsed = videoItem.safeParse(item)
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path.join('.') ?? ''
    return { code: 'invalid_request', message: `${field} is missing or not accepted` }
  }
  const { data } = parsed
  const model = findVideoModel(data.model, keysAllowed)
  if (!model) return { code: 'no_such_model', message: `no such model: ${data.model}` }
  // Katana 115 and 132.
  const length = model.durations.find(({ seconds }) => seconds === data.duration_seconds)
  if (!length) {
    const listed = model.durations.map(({ seconds }) => seconds).join(', ')
    return { code: 'unsupported_duration', message: `${model.id} makes ${listed} seconds` }
  }
  const media = readVideoMedia(item)
  if (typeof media === 'string') return { code: 'invalid_media', message: media }
  const broken = brokenRule(media, model, rulesOff)
  if (broken) return { code: broken.rule, message: broken.message }
  const aspect = chooseAspect(data.aspect_ratio, model, media)
  if (aspect === undefined) {
    return { code: 'unsupported_aspect_ratio', message: `${model.id} does not list ${data.aspect_ratio}` }
  }
  const { prompt } = data
  const seconds = secondsOf(length.seconds, model, media)
  const credits = parseCredits(length.credits)
  return { kind: 'video', model, prompt, aspect, size: videoSizeOf(aspect), seconds, credits }
}

/** Katana 97 to 99. */
function chooseAspect(asked: string, { aspects }: VideoModel, media: VideoMedia): string | undefined {
  if (asked !== 'auto') return aspects.includes(asked) ? asked : undefined
  const size = leadingSize(media)
  if (size) return nearestAspect(aspects, size)
  return aspects.includes('1:1') ? '1:1' : undefined
}

/** Katana 127: where the sound drives the length, the price is still that of the length that was asked for. */
function secondsOf(asked: number, { customRules }: VideoModel, media: VideoMedia): number {
  const audioLength = customRules.includes('audio_drives_duration') ? audioSeconds(media) : 0
  return audioLength > 0 ? audioLength : asked
}

import type { JsonObject } from '@bursar/core'
import * as z from 'zod'
import type { Dimensions } from '../../images/dimensions.js'
import { findVideoModel, type VideoModel } from '../catalogue/catalogue.js'
import { type CreditUnits, parseCredits } from '../catalogue/credits.js'
import type { KatanaSettings } from '../options.js'
import { chooseAspect, videoSizeOf } from './aspect-ratio.js'
import { catchRejection, ItemError, type ItemRejection } from './item-rejection.js'
import { parseItem } from './parse-item.js'
import { audioSeconds, leadingSize, readVideoMedia, type VideoMedia } from './video-media.js'
import { assertRules } from './video-rules.js'

/** A video to be made. */
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
 * @returns what to make, or why the item is rejected.
 */
export function readVideoItem(
  input: JsonObject,
  { modelKeysAllowed, rulesOff }: Pick<KatanaSettings, 'modelKeysAllowed' | 'rulesOff'>
): VideoSpec | ItemRejection {
  return catchRejection(() => {
    const { model: name, duration_seconds, aspect_ratio, prompt } = parseItem(videoItem, input)
    const model = findVideoModel(name, { keysAllowed: modelKeysAllowed })
    if (!model) throw new ItemError('no_such_model', `no such model: ${name}`)
    const length = findLength(model, duration_seconds)
    const media = readVideoMedia(input)
    assertRules(media, model, rulesOff)
    const aspect = chooseAspect(aspect_ratio, model, leadingSize(media))
    const seconds = actualSeconds(length.seconds, model, media)
    const credits = parseCredits(length.credits)
    return { kind: 'video', model, prompt, aspect, size: videoSizeOf(aspect), seconds, credits }
  })
}

/** Only listed lengths are made (Katana 115 and 132). */
function findLength({ id, durations }: VideoModel, requested: number): VideoModel['durations'][number] {
  const length = durations.find(({ seconds }) => seconds === requested)
  if (length) return length
  const listed = durations.map(({ seconds }) => seconds).join(', ')
  throw new ItemError('unsupported_duration', `${id} makes ${listed} seconds`)
}

/** Where the audio decides the length, the price is still that of the requested length (Katana 127). */
function actualSeconds(requested: number, { customRules }: VideoModel, media: VideoMedia): number {
  const fromAudio = customRules.includes('audio_drives_duration') ? audioSeconds(media) : 0
  return fromAudio > 0 ? fromAudio : requested
}

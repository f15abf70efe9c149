import type { JsonObject } from '@bursar/core'
import * as z from 'zod'
import type { Dimensions } from '../../images/dimensions.js'
import { type MediaAudio, readMediaAudio } from '../media/media-audio.js'
import { type MediaImage, readMediaImage } from '../media/media-image.js'

const one = z.optional(z.string())
const many = z.optional(z.array(z.string()))

/** Katana 131: the words for the first frame and the references outside of `video_image_data`. */
const FIRST_FRAME_FIELDS = ['image_url', 'input_image_url', 'input_image', 'input_image_b64'] as const
/** Katana 130. */
const IMAGE_KINDS: readonly string[] = ['style_reference', 'reference_image', 'image']
const AUDIO_KINDS: readonly string[] = ['audio', 'source_audio', 'reference_audio', 'audio_reference']

const mediaFields = z.object({
  video_image_data: z.optional(
    z.strictObject({
      first_frame_image_url: one,
      mid_frame_image_url: one,
      last_frame_image_url: one,
      reference_image_urls: many,
      audio_input_urls: many
    })
  ),
  image_url: one,
  input_image_url: one,
  input_image: one,
  input_image_b64: one,
  reference_image_urls: many,
  reference_assets: z.optional(
    z.array(z.object({ kind: z.enum([...IMAGE_KINDS, ...AUDIO_KINDS]), url: one, base64_data: one }))
  )
})

/** What was sent along with a video item, by what it is for. */
export interface VideoMedia {
  readonly firstFrame: MediaImage | undefined
  readonly midFrame: MediaImage | undefined
  readonly lastFrame: MediaImage | undefined
  readonly references: readonly MediaImage[]
  readonly audio: readonly MediaAudio[]
}

/**
 * Reads the pictures and sounds of a video item, merged from all the fields that may hold them.
 *
 * @returns what was sent, or why some of it is refused.
 */
export function readVideoMedia(item: JsonObject): VideoMedia | string {
  const parsed = mediaFields.safeParse(item)
  if (!parsed.success) return `${parsed.error.issues[0]?.path.join('.') ?? ''} is not accepted`
  const { video_image_data: data = {}, reference_assets: assets = [], ...top } = parsed.data
  const assetsOf = (kinds: readonly string[]): string[] =>
    assets.filter(({ kind }) => kinds.includes(kind)).map(({ url, base64_data }) => url ?? base64_data ?? '')
  const [firstFrame] = [data.first_frame_image_url, ...FIRST_FRAME_FIELDS.map((field) => top[field])].filter(
    (value) => value !== undefined
  )
  const references = [
    ...(data.reference_image_urls ?? []),
    ...(top.reference_image_urls ?? []),
    ...assetsOf(IMAGE_KINDS)
  ]
  const frames = [firstFrame, data.mid_frame_image_url, data.last_frame_image_url]
  const images = [...frames, ...references].map((value) => (value === undefined ? {} : readMediaImage(value)))
  const audio = [...(data.audio_input_urls ?? []), ...assetsOf(AUDIO_KINDS)].map(readMediaAudio)
  const refusal = [...images, ...audio].find((each) => typeof each === 'string')
  if (refusal !== undefined) return `a media value is refused: ${refusal}`
  const [first, mid, last, ...rest] = images.filter((each) => typeof each !== 'string')
  const given = (value: string | undefined, read: MediaImage | undefined): MediaImage | undefined =>
    value === undefined ? undefined : read
  return {
    firstFrame: given(firstFrame, first),
    midFrame: given(data.mid_frame_image_url, mid),
    lastFrame: given(data.last_frame_image_url, last),
    references: rest,
    audio: audio.filter((each) => typeof each !== 'string')
  }
}

/** Katana 98: what `auto` goes by. */
export function leadingSize({ firstFrame, references }: VideoMedia): Dimensions | undefined {
  return firstFrame?.dimensions ?? references[0]?.dimensions
}

/** The length of all sounds, as far as it is known. */
export function audioSeconds({ audio }: VideoMedia): number {
  return audio.reduce((sum, { seconds = 0 }) => sum + seconds, 0)
}

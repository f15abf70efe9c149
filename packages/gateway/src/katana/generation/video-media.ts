import type { JsonObject } from '@bursar/core'
import * as z from 'zod'
import type { Dimensions } from '../../images/dimensions.js'
import { type MediaAudio, readMediaAudio } from '../media/media-audio.js'
import { type MediaImage, readMediaImage } from '../media/media-image.js'
import { ItemError } from './item-rejection.js'

const one = z.optional(z.string())
const many = z.optional(z.array(z.string()))

/** Names for the first frame outside of `video_image_data` (Katana 131). */
const FIRST_FRAME_FIELDS = ['image_url', 'input_image_url', 'input_image', 'input_image_b64'] as const
/** Kinds of `reference_assets` (Katana 130). */
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

type MediaFields = z.infer<typeof mediaFields>

/** The images and audio files of a video item, by what they are for. */
export interface VideoMedia {
  readonly firstFrame: MediaImage | undefined
  readonly midFrame: MediaImage | undefined
  readonly lastFrame: MediaImage | undefined
  readonly references: readonly MediaImage[]
  readonly audio: readonly MediaAudio[]
}

/**
 * Reads the images and audio files of a video item from all fields that may hold them.
 *
 * @throws {ItemError} when one of them cannot be read.
 */
export function readVideoMedia(input: JsonObject): VideoMedia {
  const parsed = mediaFields.safeParse(input)
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path.join('.') ?? ''
    throw new ItemError('invalid_media', `${field} is not accepted`)
  }
  const fields = parsed.data
  const { video_image_data: data = {} } = fields
  const firstFrame =
    data.first_frame_image_url ??
    FIRST_FRAME_FIELDS.map((field) => fields[field]).find((value) => value !== undefined)
  const references = [
    ...(data.reference_image_urls ?? []),
    ...(fields.reference_image_urls ?? []),
    ...assetsOf(fields, IMAGE_KINDS)
  ]
  const audio = [...(data.audio_input_urls ?? []), ...assetsOf(fields, AUDIO_KINDS)]
  return {
    firstFrame: readFrame(firstFrame),
    midFrame: readFrame(data.mid_frame_image_url),
    lastFrame: readFrame(data.last_frame_image_url),
    references: references.map((value) => accepted(readMediaImage(value))),
    audio: audio.map((value) => accepted(readMediaAudio(value)))
  }
}

function assetsOf({ reference_assets: assets = [] }: MediaFields, kinds: readonly string[]): string[] {
  return assets
    .filter(({ kind }) => kinds.includes(kind))
    .map(({ url, base64_data }) => url ?? base64_data ?? '')
}

function readFrame(value: string | undefined): MediaImage | undefined {
  return value === undefined ? undefined : accepted(readMediaImage(value))
}

function accepted<Media>(media: Media | string): Media {
  if (typeof media === 'string') throw new ItemError('invalid_media', `a media value is rejected: ${media}`)
  return media
}

/** The size that `auto` chooses the aspect ratio by (Katana 98). */
export function leadingSize({ firstFrame, references }: VideoMedia): Dimensions | undefined {
  return firstFrame?.dimensions ?? references[0]?.dimensions
}

/** The length of all audio files, as far as it is known. */
export function audioSeconds({ audio }: VideoMedia): number {
  return audio.reduce((sum, { seconds = 0 }) => sum + seconds, 0)
}

import type { FieldNames } from '../../../shared/checks/check-fields.js'
import { defined } from '../../../shared/wire/defined.js'
import { atMost, oneOf, textUpTo, violationsOf, wholeNumber } from '../../field-rules.js'
import type { VideoFamily } from '../../model-family.js'

/** A video of Seedance. */
export interface SeedanceVideo {
  readonly model: `doubao-seedance-${string}`
  readonly prompt: string
  /** Frames or references, and never both (Tokenhot 52). */
  readonly images?: readonly SeedanceImageInput[]
  readonly ratio?: string
  /** Seconds, 4 to 15. */
  readonly duration?: number
  /** `fast` models make 480p and 720p. */
  readonly resolution?: '480p' | '720p' | '1080p'
  readonly watermark?: boolean
  readonly generateAudio?: boolean
}

/** An image from which Seedance makes a video. */
export interface SeedanceImageInput {
  readonly url: string
  readonly role: 'first_frame' | 'last_frame' | 'reference_image'
}

const MAX_PROMPT = 20_000

/** Seedance. */
export const seedance: VideoFamily<SeedanceVideo> = {
  fields: {
    model: true,
    prompt: true,
    images: true,
    ratio: true,
    duration: true,
    resolution: true,
    watermark: true,
    generateAudio: true
  } satisfies FieldNames<SeedanceVideo>,
  includes: (model) => model.startsWith('doubao-seedance-') && !model.endsWith('-V2V'),
  check: ({ model, prompt, images = [], resolution, duration }) => {
    const ofRole = (role: SeedanceImageInput['role']) => images.filter((image) => image.role === role)
    const [first, last, references] = [ofRole('first_frame'), ofRole('last_frame'), ofRole('reference_image')]
    const sizes = model.includes('-fast') ? ['480p', '720p'] : ['480p', '720p', '1080p']
    return violationsOf(
      textUpTo('prompt', prompt, MAX_PROMPT),
      oneOf('resolution', resolution, sizes),
      wholeNumber('duration', duration, { min: 4, max: 15 }),
      atMost('first_frame', first, 1),
      atMost('last_frame', last, 1),
      first.length + last.length > 0 && references.length > 0 && framesOrReferences
    )
  },
  request: ({ model, prompt, images = [], generateAudio, ...item }) => ({
    path: '/video/generations',
    body: {
      model,
      content: [
        { type: 'text', text: prompt },
        ...images.map(({ url, role }) => ({ type: 'image_url', image_url: { url }, role }))
      ],
      ...defined({
        ratio: item.ratio,
        duration: item.duration,
        resolution: item.resolution,
        watermark: item.watermark,
        generate_audio: generateAudio
      })
    }
  })
}

/** Tokenhot 52. */
const framesOrReferences = {
  field: 'images',
  rule: 'frames_or_references',
  message: 'Frames and references do not go together',
  allowed: 'one of the two'
}

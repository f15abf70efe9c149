import { atMost, broken, oneOf, present, textUpTo, violationsOf, wholeNumber } from '../check.js'
import { taskIdOf } from '../new-api.js'
import type { VideoShape } from '../service.js'

/** A film of HappyHorse's. */
export interface HappyHorseVideo {
  readonly model: 'happyhorse-1.0-t2v' | 'happyhorse-1.0-i2v' | 'happyhorse-1.0-r2v'
  readonly prompt: string
  /** i2v: URL of the first picture. */
  readonly firstFrame?: string
  /** r2v: URLs of what is to be seen, at most 9. */
  readonly references?: readonly string[]
  readonly resolution?: '720P' | '1080P'
  /** Seconds, 3 to 15. */
  readonly duration?: number
  readonly watermark?: boolean
}

/** A film of Seedance's. */
export interface SeedanceVideo {
  readonly model: `doubao-seedance-${string}`
  readonly prompt: string
  /** Frames or references, and never both (Tokenhot 52). */
  readonly images?: readonly {
    readonly url: string
    readonly role: 'first_frame' | 'last_frame' | 'reference_image'
  }[]
  readonly ratio?: string
  /** Seconds, 4 to 15. */
  readonly duration?: number
  /** `fast` models make 480p and 720p. */
  readonly resolution?: '480p' | '720p' | '1080p'
  readonly watermark?: boolean
  readonly generateAudio?: boolean
}

const MAX_PROMPT = 20_000

/** HappyHorse: by what the film begins with. */
export const happyHorse: VideoShape<HappyHorseVideo> = {
  takes: (model) => /^happyhorse-1\.0-[tir]2v$/.test(model),
  check: ({ model, prompt, firstFrame, references, resolution, duration }) =>
    violationsOf(
      textUpTo('prompt', prompt, MAX_PROMPT),
      oneOf('resolution', resolution, ['720P', '1080P']),
      wholeNumber('duration', duration, 3, 15),
      atMost('references', references, 9),
      model.endsWith('-i2v') !== (firstFrame !== undefined) &&
        broken(
          'firstFrame',
          'first_frame',
          `${model} with${firstFrame ? '' : 'out'} a first frame`,
          'i2v: its URL'
        ),
      model.endsWith('-r2v') !== (references !== undefined && references.length > 0) &&
        broken(
          'references',
          'references',
          `${model} with${references ? '' : 'out'} references`,
          'r2v: 1 to 9 URLs'
        )
    ),
  request: ({ model, prompt, firstFrame, references = [], ...item }) => ({
    path: '/video/generations',
    body: {
      model,
      input: {
        prompt,
        ...present({ media: mediaOf(firstFrame, references) })
      },
      parameters: present({
        resolution: item.resolution,
        duration: item.duration,
        watermark: item.watermark
      })
    }
  }),
  taskId: taskIdOf
}

function mediaOf(firstFrame: string | undefined, references: readonly string[]) {
  const media = [
    ...(firstFrame === undefined ? [] : [{ type: 'first_frame', url: firstFrame }]),
    ...references.map((url) => ({ type: 'reference_image', url }))
  ]
  return media.length === 0 ? undefined : media
}

/** Seedance. */
export const seedance: VideoShape<SeedanceVideo> = {
  takes: (model) => model.startsWith('doubao-seedance-') && !model.endsWith('-V2V'),
  check: ({ model, prompt, images = [], resolution, duration }) => {
    const roles = images.map(({ role }) => role)
    const hasFrame = roles.includes('first_frame') || roles.includes('last_frame')
    const sizes = model.includes('-fast') ? ['480p', '720p'] : ['480p', '720p', '1080p']
    return violationsOf(
      textUpTo('prompt', prompt, MAX_PROMPT),
      oneOf('resolution', resolution, sizes),
      wholeNumber('duration', duration, 4, 15),
      ...(['first_frame', 'last_frame'] as const).map((role) =>
        atMost(
          role,
          roles.filter((each) => each === role),
          1
        )
      ),
      hasFrame &&
        roles.includes('reference_image') &&
        broken('images', 'frames_or_references', 'Frames and references do not go together', 'one of the two')
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
      ...present({
        ratio: item.ratio,
        duration: item.duration,
        resolution: item.resolution,
        watermark: item.watermark,
        generate_audio: generateAudio
      })
    }
  }),
  taskId: taskIdOf
}

import type { RequestViolation } from '@bursar/core'
import type { FieldNames } from '../../../shared/checks/check-fields.js'
import { defined } from '../../../shared/wire/defined.js'
import { atMost, oneOf, textUpTo, violationsOf, wholeNumber } from '../../field-rules.js'
import type { VideoFamily } from '../../model-family.js'

/** A video of HappyHorse. */
export interface HappyHorseVideo {
  readonly model: 'happyhorse-1.0-t2v' | 'happyhorse-1.0-i2v' | 'happyhorse-1.0-r2v'
  readonly prompt: string
  /** i2v: URL of the first frame. */
  readonly firstFrame?: string
  /** r2v: URLs of what the video shows, at most 9. */
  readonly references?: readonly string[]
  readonly resolution?: '720P' | '1080P'
  /** Seconds, 3 to 15. */
  readonly duration?: number
  readonly watermark?: boolean
}

const MAX_PROMPT = 20_000

/** HappyHorse, by what the video begins with. */
export const happyHorse: VideoFamily<HappyHorseVideo> = {
  fields: {
    model: true,
    prompt: true,
    firstFrame: true,
    references: true,
    resolution: true,
    duration: true,
    watermark: true
  } satisfies FieldNames<HappyHorseVideo>,
  includes: (model) => /^happyhorse-1\.0-[tir]2v$/.test(model),
  check: (item) =>
    violationsOf(
      textUpTo('prompt', item.prompt, MAX_PROMPT),
      oneOf('resolution', item.resolution, ['720P', '1080P']),
      wholeNumber('duration', item.duration, { min: 3, max: 15 }),
      atMost('references', item.references, 9),
      checkFirstFrame(item),
      checkReferences(item)
    ),
  request: ({ model, prompt, firstFrame, references = [], ...item }) => ({
    path: '/video/generations',
    body: {
      model,
      input: { prompt, ...defined({ media: mediaOf(firstFrame, references) }) },
      parameters: defined({
        resolution: item.resolution,
        duration: item.duration,
        watermark: item.watermark
      })
    }
  })
}

function checkFirstFrame({ model, firstFrame }: HappyHorseVideo): RequestViolation | undefined {
  if (model.endsWith('-i2v') === (firstFrame !== undefined)) return undefined
  const message = `${model} with${firstFrame === undefined ? 'out' : ''} a first frame`
  return { field: 'firstFrame', rule: 'first_frame', message, allowed: 'i2v: its URL' }
}

function checkReferences({ model, references = [] }: HappyHorseVideo): RequestViolation | undefined {
  if (model.endsWith('-r2v') === references.length > 0) return undefined
  const message = `${model} with${references.length === 0 ? 'out' : ''} references`
  return { field: 'references', rule: 'references', message, allowed: 'r2v: 1 to 9 URLs' }
}

function mediaOf(firstFrame: string | undefined, references: readonly string[]) {
  const media = [
    ...(firstFrame === undefined ? [] : [{ type: 'first_frame', url: firstFrame }]),
    ...references.map((url) => ({ type: 'reference_image', url }))
  ]
  return media.length === 0 ? undefined : media
}

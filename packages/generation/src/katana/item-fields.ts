import { checkFields, type FieldNames } from '../shared/checks/check-fields.js'
import type { GenerationItem, ImageOptions, VideoOptions } from './item.js'

interface ImageFields extends ImageOptions {
  readonly type: 'image'
  readonly model: string
  readonly aspectRatio: string
}

interface VideoFields extends VideoOptions {
  readonly type: 'video'
  readonly model: string
  readonly durationSeconds: number
  readonly aspectRatio: string
}

const imageFields: FieldNames<ImageFields> = {
  model: true,
  prompt: true,
  aspectRatio: true,
  images: true,
  negativePrompt: true,
  outputFormat: true,
  isFast: true,
  isUhd: true,
  promptAssist: true,
  type: true
}

const continuationFields: FieldNames<Omit<VideoFields, 'firstFrame'>> = {
  model: true,
  prompt: true,
  aspectRatio: true,
  durationSeconds: true,
  midFrame: true,
  lastFrame: true,
  references: true,
  audio: true,
  audioSeconds: true,
  type: true
}

const videoFields: FieldNames<VideoFields> = { firstFrame: true, ...continuationFields }

/** Checks that items have known fields only. @throws {TypeError} that names the unknown field and the nearest known one. */
export function checkItemFields(items: readonly GenerationItem[]): void {
  for (const [index, item] of items.entries()) {
    const path = items.length === 1 ? '' : `[${index}]`
    if (item.type === 'image') checkFields(item, imageFields, path)
    else checkFields(item, videoFields, path)
  }
}

/** As {@link checkItemFields}, for a video whose first frame is given already. @throws {TypeError} */
export function checkContinuationFields(item: object): void {
  checkFields(item, continuationFields)
}

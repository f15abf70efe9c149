import type { RequestViolation } from '@bursar/core'
import { atMost, broken, oneOf, present, shortEnough, textUpTo, violationsOf, wholeNumber } from '../check.js'
import { taskIdOf } from '../new-api.js'
import type { VideoShape } from '../service.js'

/** A film of Wan's. */
export interface WanVideo {
  readonly model: (typeof wanVideoModels)[number]
  /** At most 1,500 characters. */
  readonly prompt: string
  /** Capital P. Default 1080P for wan2.6-i2v, else 720P (OpenClaw 32). */
  readonly resolution?: '720P' | '1080P'
  /** Seconds, 2 to 15. Default 5 (OpenClaw 33). */
  readonly duration?: number
  /** https URL of the first picture, for models that begin with one (OpenClaw 34). */
  readonly firstFrame?: string
  /** wan2.6-i2v-flash only, at twice the price (OpenClaw 35). */
  readonly audio?: boolean
  /** https URL of a WAV or MP3 of 3 to 30 s, at most 15 MB; models that begin with a picture (OpenClaw 37). */
  readonly audioUrl?: string
  /** At most 500 characters. */
  readonly negativePrompt?: string
  readonly promptExtend?: boolean
  /** `multi` needs `promptExtend` (OpenClaw 38). */
  readonly shotType?: 'single' | 'multi'
  readonly watermark?: boolean
  readonly seed?: number
}

/** Every model of the documentation. */
const wanVideoModels = [
  'wan2.6-t2v',
  'wan2.6-i2v',
  'wan2.6-i2v-flash',
  'wan2.2-t2v-plus',
  'wan2.2-i2v-plus',
  'wan2.2-i2v-flash',
  'wan2.5-t2v-preview',
  'wan2.5-i2v-preview'
] as const

const MAX_SEED = 2_147_483_647

/** Wan 2.2, 2.5 and 2.6. */
export const wanVideo: VideoShape<WanVideo> = {
  takes: (model) => wanVideoModels.some((each) => each === model),
  check: (item) =>
    violationsOf(
      textUpTo('prompt', item.prompt, 1500),
      oneOf('resolution', item.resolution, ['720P', '1080P']),
      wholeNumber('duration', item.duration, 2, 15),
      shortEnough('negativePrompt', item.negativePrompt, 500),
      oneOf('shotType', item.shotType, ['single', 'multi']),
      wholeNumber('seed', item.seed, 0, MAX_SEED),
      checkFrame(item),
      checkSound(item),
      item.shotType === 'multi' &&
        item.promptExtend === false &&
        broken('shotType', 'multi_needs_extend', 'Several shots need promptExtend', 'promptExtend: true'),
      atMost('firstFrame', item.firstFrame === undefined ? [] : [item.firstFrame], 1)
    ),
  request: ({ model, prompt, ...item }) => ({
    path: '/video/generations',
    body: {
      model,
      prompt,
      ...present({
        resolution: item.resolution,
        duration: item.duration,
        input_reference: item.firstFrame,
        audio: item.audio,
        audio_url: item.audioUrl,
        negative_prompt: item.negativePrompt,
        prompt_extend: item.promptExtend,
        shot_type: item.shotType,
        watermark: item.watermark,
        seed: item.seed
      })
    }
  }),
  taskId: taskIdOf
}

/** OpenClaw 34. */
function checkFrame({ model, firstFrame, shotType }: WanVideo): RequestViolation | undefined {
  const begins = model.includes('-i2v')
  if (begins && firstFrame === undefined)
    return broken('firstFrame', 'first_frame_required', `${model} begins with a picture`, 'its https URL')
  if (!begins && firstFrame !== undefined)
    return broken('firstFrame', 'first_frame_unsupported', `${model} takes no picture`, 'none')
  if (!begins && shotType !== undefined)
    return broken('shotType', 'unsupported', `${model} takes no shotType`, 'none')
  return undefined
}

/** OpenClaw 35 and 37. */
function checkSound({ model, audio, audioUrl }: WanVideo): RequestViolation | undefined {
  if (audio !== undefined && model !== 'wan2.6-i2v-flash')
    return broken('audio', 'audio_unsupported', `${model} does not take audio`, 'wan2.6-i2v-flash')
  if (audioUrl !== undefined && !model.startsWith('wan2.6-i2v'))
    return broken('audioUrl', 'audio_unsupported', `${model} takes no audioUrl`, 'wan2.6-i2v or -flash')
  return undefined
}

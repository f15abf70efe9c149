import type { RequestViolation } from '@bursar/core'
import type { FieldNames } from '../../shared/checks/check-fields.js'
import { defined } from '../../shared/wire/defined.js'
import { oneOf, shortEnough, textUpTo, violationsOf, wholeNumber } from '../field-rules.js'
import type { VideoFamily } from '../model-family.js'

/** A video of Wan. */
export interface WanVideo {
  readonly model: (typeof wanVideoModels)[number]
  /** At most 1,500 characters. */
  readonly prompt: string
  /** Capital P. Default: 1080P for wan2.6-i2v, else 720P (OpenClaw 32). */
  readonly resolution?: '720P' | '1080P'
  /** Seconds, 2 to 15. Default: 5 (OpenClaw 33). */
  readonly duration?: number
  /** https URL of the first frame, for models that begin with one (OpenClaw 34). */
  readonly firstFrame?: string
  /** wan2.6-i2v-flash only, at twice the price (OpenClaw 35). */
  readonly audio?: boolean
  /** https URL of a WAV or MP3 of 3 to 30 s, at most 15 MB; models that begin with an image (OpenClaw 37). */
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
export const wanVideo: VideoFamily<WanVideo> = {
  fields: {
    model: true,
    prompt: true,
    resolution: true,
    duration: true,
    firstFrame: true,
    audio: true,
    audioUrl: true,
    negativePrompt: true,
    promptExtend: true,
    shotType: true,
    watermark: true,
    seed: true
  } satisfies FieldNames<WanVideo>,
  includes: (model) => wanVideoModels.some((each) => each === model),
  check: (item) =>
    violationsOf(
      textUpTo('prompt', item.prompt, 1500),
      oneOf('resolution', item.resolution, ['720P', '1080P']),
      wholeNumber('duration', item.duration, { min: 2, max: 15 }),
      shortEnough('negativePrompt', item.negativePrompt, 500),
      oneOf('shotType', item.shotType, ['single', 'multi']),
      wholeNumber('seed', item.seed, { min: 0, max: MAX_SEED }),
      checkFrame(item),
      checkAudio(item),
      item.shotType === 'multi' && item.promptExtend === false && multiNeedsExtend
    ),
  request: ({ model, prompt, ...item }) => ({
    path: '/video/generations',
    body: {
      model,
      prompt,
      ...defined({
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
  })
}

/** OpenClaw 34. */
function checkFrame({ model, firstFrame, shotType }: WanVideo): RequestViolation | undefined {
  const field = 'firstFrame'
  const begins = model.includes('-i2v')
  if (begins && firstFrame === undefined) {
    const message = `${model} begins with an image`
    return { field, rule: 'first_frame_required', message, allowed: 'its https URL' }
  }
  if (!begins && firstFrame !== undefined)
    return { field, rule: 'first_frame_unsupported', message: `${model} takes no image`, allowed: 'none' }
  if (begins || shotType === undefined) return undefined
  const message = `${model} takes no shotType`
  return { field: 'shotType', rule: 'unsupported', message, allowed: 'none' }
}

/** OpenClaw 35 and 37. */
function checkAudio({ model, audio, audioUrl }: WanVideo): RequestViolation | undefined {
  const rule = 'audio_unsupported'
  if (audio !== undefined && model !== 'wan2.6-i2v-flash') {
    const message = `${model} does not take audio`
    return { field: 'audio', rule, message, allowed: 'wan2.6-i2v-flash' }
  }
  if (audioUrl === undefined) return undefined
  if (model.startsWith('wan2.6-i2v')) return checkAudioType(audioUrl)
  const message = `${model} takes no audioUrl`
  return { field: 'audioUrl', rule, message, allowed: 'wan2.6-i2v or -flash' }
}

/** By the ending of its name, where it has one. Its length and size are the service's to check. */
function checkAudioType(audioUrl: string): RequestViolation | undefined {
  const { pathname } = new URL(audioUrl, 'https://a.invalid')
  const [, ending] = /\.([a-z0-9]{1,5})$/i.exec(pathname) ?? []
  if (ending === undefined || /^(?:wav|mp3)$/i.test(ending)) return undefined
  const message = `audioUrl leads to .${ending}`
  return { field: 'audioUrl', rule: 'audio_type', message, allowed: 'WAV or MP3' }
}

/** OpenClaw 38. */
const multiNeedsExtend = {
  field: 'shotType',
  rule: 'multi_needs_extend',
  message: 'Several shots need promptExtend',
  allowed: 'promptExtend: true'
}

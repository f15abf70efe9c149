import type { RequestViolation } from '@bursar/core'
import type { FieldNames } from '../../shared/checks/check-fields.js'
import { shown } from '../../shared/checks/invalid-request.js'
import { defined } from '../../shared/wire/defined.js'
import { atMost, oneOf, textUpTo, violationsOf, wholeNumber } from '../field-rules.js'
import type { VideoFamily } from '../model-family.js'

/** A video of any video model; ids are `provider/model` (TokenHub 57). */
export interface TokenHubVideo {
  readonly model: string
  readonly prompt: string
  /** Seconds: 4 to 15 for Seedance, 3 to 15 for Kling. Default: 5. */
  readonly duration?: number
  /** Default: 720p. */
  readonly resolution?: '480p' | '720p'
  /** Default: `adaptive`. */
  readonly aspectRatio?: string
  /** Kling: `std` at 0.168 USD a second, or `pro` at 0.224 (TokenHub 64). */
  readonly mode?: 'std' | 'pro'
  /** What it is made from. At most one first frame and one last frame (TokenHub 60), and three videos (TokenHub 63). */
  readonly content?: readonly VideoInput[]
  /** Seconds of each video that it is made from, which are billed. */
  readonly videoDurations?: readonly number[]
}

/** A medium that a video is made from. */
export interface VideoInput {
  readonly url: string
  readonly role: 'first_frame' | 'last_frame' | 'reference_image' | 'reference_video' | 'reference_audio'
}

/** Seedance, Kling and Wan. */
export const video: VideoFamily<TokenHubVideo> = {
  fields: {
    model: true,
    prompt: true,
    duration: true,
    resolution: true,
    aspectRatio: true,
    mode: true,
    content: true,
    videoDurations: true
  } satisfies FieldNames<TokenHubVideo>,
  includes: () => true,
  check({ model, prompt, duration, resolution, mode, content = [] }) {
    const ofRole = (role: VideoInput['role']) => content.filter((each) => each.role === role)
    return violationsOf(
      textUpTo('prompt', prompt, 100_000),
      wholeNumber('duration', duration, { min: isKling(model) ? 3 : 4, max: 15 }),
      oneOf('resolution', resolution, ['480p', '720p']),
      oneOf('mode', mode, ['std', 'pro']),
      mode !== undefined && !isKling(model) && modeOfKling(model),
      atMost('first_frame', ofRole('first_frame'), 1),
      atMost('last_frame', ofRole('last_frame'), 1),
      atMost('reference_video', ofRole('reference_video'), 3)
    )
  },
  request: ({ model, prompt, content, videoDurations, aspectRatio, ...item }) => ({
    path: '/videos/generations',
    body: {
      model,
      prompt,
      ...defined({
        duration: item.duration,
        resolution: item.resolution,
        mode: item.mode,
        aspect_ratio: aspectRatio,
        video_durations: videoDurations,
        // TokenHub 61.
        content: content?.map(({ url, role }) => ({ type: 'image_url', image_url: { url }, role }))
      })
    }
  })
}

function isKling(model: string): boolean {
  return /\bkling\b/i.test(model)
}

function modeOfKling(model: string): RequestViolation {
  return { field: 'mode', rule: 'unsupported', message: `${shown(model)} has no mode`, allowed: 'none' }
}

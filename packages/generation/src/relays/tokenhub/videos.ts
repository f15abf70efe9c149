import type { JsonObject } from '@bursar/core'
import type { JobState } from '../../shared/job/job-state.js'
import { objectAt, objectsAt, textAt, urlAt } from '../../shared/service/fields.js'
import { atMost, oneOf, present, textUpTo, violationsOf, wholeNumber } from '../check.js'
import { taskIdOf, taskState } from '../new-api.js'
import type { TaskReader, VideoShape } from '../service.js'

/** A film of any video model; ids are `provider/model` (TokenHub 57). */
export interface TokenHubVideo {
  readonly model: string
  readonly prompt: string
  /** Seconds: 4 to 15 for Seedance, 3 to 15 for Kling. Default 5. */
  readonly duration?: number
  /** Default 720p. */
  readonly resolution?: '480p' | '720p'
  /** Default `adaptive`. */
  readonly aspectRatio?: string
  /** What it is made from. At most one first frame and one last frame (TokenHub 60), and three films (TokenHub 63). */
  readonly content?: readonly { readonly url: string; readonly role: ContentRole }[]
  /** How long the films are that it is made from, in seconds, which are billed. */
  readonly videoDurations?: readonly number[]
}

/** What a medium is to the film. */
type ContentRole = 'first_frame' | 'last_frame' | 'reference_image' | 'reference_video' | 'reference_audio'

/** Seedance, Kling and Wan. */
export const video: VideoShape<TokenHubVideo> = {
  takes: () => true,
  check({ model, prompt, duration, resolution, content = [] }) {
    const isKling = /\bkling\b/i.test(model)
    const ofRole = (role: ContentRole) => content.filter((each) => each.role === role)
    return violationsOf(
      textUpTo('prompt', prompt, 100_000),
      wholeNumber('duration', duration, isKling ? 3 : 4, 15),
      oneOf('resolution', resolution, ['480p', '720p']),
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
      ...present({
        duration: item.duration,
        resolution: item.resolution,
        aspect_ratio: aspectRatio,
        video_durations: videoDurations,
        // TokenHub 61.
        content: content?.map(({ url, role }) => ({ type: 'image_url', image_url: { url }, role }))
      })
    }
  }),
  taskId: taskIdOf
}

/** TokenHub 58 and 59. */
export const videoTask: TaskReader = {
  path: (id) => `/videos/generations/${id}`,
  read(body: JsonObject, id): JobState | undefined {
    const status = textAt(body, 'status', 40)?.toLowerCase()
    if (status === undefined) return undefined
    const [first = {}] = objectsAt(body, 'data', 1)
    const error = objectAt(body, 'error')
    return taskState(id, status, {
      isCompleted: status === 'succeeded',
      url: urlAt(first, 'video_url'),
      serviceCode: textAt(error, 'code', 64),
      reason: textAt(error, 'message') ?? textAt(body, 'error')
    })
  }
}

import type { JsonObject } from '@bursar/core'
import { invalidRequest } from '../invalid-request.js'

/** The job of a video, as OpenAI's API describes it. */
export interface VideoState {
  readonly id: string
  readonly status: 'queued' | 'in_progress' | 'completed' | 'failed'
  readonly model: string
  readonly prompt?: string | undefined
  /** Whole seconds as text; empty when they are not known yet. */
  readonly seconds: string
  /** For example `1280x720`; empty when it is not known yet. */
  readonly size: string
  /** Unix milliseconds. */
  readonly createdAtMs?: number | undefined
  readonly completedAtMs?: number | undefined
  readonly expiresAtMs?: number | undefined
  readonly failure?: { readonly code: string; readonly message: string } | undefined
}

/** Why no video is made where a service has none in this shape. */
export const NO_VIDEOS = 'The service has no videos in this shape. What it has of its own is forwarded'

/** @throws {InvalidRequest} where the video is not there. */
export function assertHasContent({ id, status }: Pick<VideoState, 'id' | 'status'>): void {
  if (status !== 'completed')
    throw invalidRequest(`Video ${id} is ${status.replace('_', ' ')}, and has no content`, 'no_content')
}

/** @throws {InvalidRequest} where another part of a video is asked for than the video. */
export function assertWholeVideo(query: URLSearchParams): void {
  const variant = query.get('variant') ?? 'video'
  if (variant !== 'video') throw invalidRequest('variant must be video here', 'unsupported')
}

/** A video's job in the words of OpenAI's API. @see https://platform.openai.com/docs/api-reference/videos/object */
export function videoBody(video: VideoState): JsonObject {
  return {
    ...{
      id: video.id,
      object: 'video',
      status: video.status,
      progress: video.status === 'completed' ? 100 : 0
    },
    model: video.model,
    prompt: video.prompt ?? null,
    seconds: video.seconds,
    size: video.size,
    created_at: seconds(video.createdAtMs) ?? 0,
    completed_at: seconds(video.completedAtMs),
    expires_at: seconds(video.expiresAtMs),
    error: video.failure === undefined ? null : { code: video.failure.code, message: video.failure.message },
    remixed_from_video_id: null
  }
}

function seconds(ms: number | undefined): number | null {
  return ms === undefined ? null : Math.floor(ms / 1000)
}

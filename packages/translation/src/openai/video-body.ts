import type { JsonObject } from '@bursar/core'

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

import type { MediaInput } from '@bursar/generation/katana'
import type { ServiceCall } from './service-call.js'

/** A video to generate, as OpenAI's API describes it. */
export interface VideoRequest {
  readonly model: string
  readonly prompt: string
  /** Default: the shortest that the model makes. */
  readonly seconds?: number
  /** For example `1280x720`. Default: that of the first frame, else upright, as OpenAI's API has it. */
  readonly size?: string
  readonly firstFrame?: MediaInput
}

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

/** A file that was saved, and how it is removed again. */
export interface SavedFile {
  readonly path: string
  readonly bytes: number
  readonly mimeType: string
  remove(): Promise<void>
}

/** Videos of a service in OpenAI's shape. Asking after them is free. */
export interface VideoService {
  create(request: VideoRequest, call: ServiceCall): Promise<VideoState>
  /** @throws {RequestProblem} 404 */
  retrieve(id: string, signal: AbortSignal): Promise<VideoState>
  /** Downloads a video that is done. @throws {RequestProblem} 400 for one that is not, 404 */
  download(id: string, signal: AbortSignal): Promise<SavedFile>
}

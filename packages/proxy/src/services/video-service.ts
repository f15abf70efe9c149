import type { VideoRequest, VideoState } from '@bursar/translation'
import type { ServiceCall } from './service-call.js'

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
  /** Downloads a video that is done. @throws {InvalidRequest} for one that is not @throws {RequestProblem} 404 */
  download(id: string, signal: AbortSignal): Promise<SavedFile>
}

import { createReadStream } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import type { VideoService } from './services/video-service.js'
import { invalidRequest } from './translation/invalid-request.js'
import { videoBody } from './translation/openai/video-body.js'

const DOWNLOAD_TIMEOUT_MS = 600_000
const POLL_TIMEOUT_MS = 60_000

/** Which video is asked after: `/v1/videos/video_1` or `/v1/videos/video_1/content`. */
const videoPath = /^\/v1\/videos\/([\w-]{1,128})(\/content)?$/

/**
 * Answers what OpenAI's API has of videos beside making them, which is free.
 *
 * @returns nothing when the path is another.
 * @throws {RequestProblem} 400, 404
 */
export function answerVideo(
  response: ServerResponse,
  url: URL,
  { videos, stopping }: { readonly videos: VideoService; readonly stopping: AbortSignal }
): Promise<void> | undefined {
  const [, id, content] = videoPath.exec(url.pathname) ?? []
  if (id === undefined) return undefined
  if (content === undefined) return sendState(response, videos.retrieve(id, until(POLL_TIMEOUT_MS, stopping)))
  const variant = url.searchParams.get('variant') ?? 'video'
  if (variant !== 'video') throw invalidRequest('variant must be video here', 'unsupported')
  return sendContent(response, videos.download(id, until(DOWNLOAD_TIMEOUT_MS, stopping)))
}

function until(timeoutMs: number, stopping: AbortSignal): AbortSignal {
  return AbortSignal.any([stopping, AbortSignal.timeout(timeoutMs)])
}

async function sendState(
  response: ServerResponse,
  state: ReturnType<VideoService['retrieve']>
): Promise<void> {
  const body = JSON.stringify(videoBody(await state))
  response.writeHead(200, { 'content-type': 'application/json' }).end(body)
}

async function sendContent(
  response: ServerResponse,
  saving: ReturnType<VideoService['download']>
): Promise<void> {
  const { path, bytes, mimeType, remove } = await saving
  try {
    response.writeHead(200, { 'content-type': mimeType, 'content-length': bytes })
    await pipeline(createReadStream(path), response)
  } catch {
    // The client left. Nothing was paid for its download.
    response.destroy()
  } finally {
    await remove()
  }
}

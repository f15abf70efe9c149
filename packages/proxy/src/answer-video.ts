import { createReadStream } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import type { CallLimit } from '@bursar/local-server'
import { assertWholeVideo, videoBody } from '@bursar/translation'
import { withSignal } from './call-signal.js'
import type { SavedFile, VideoService } from './services/video-service.js'

const DOWNLOAD_TIMEOUT_MS = 600_000
const POLL_TIMEOUT_MS = 60_000

/** Which video is asked after: `/v1/videos/video_1` or `/v1/videos/video_1/content`. */
const videoPath = /^\/v1\/videos\/([\w-]{1,128})(\/content)?$/

/** What answers about videos are made with. */
export interface VideoAnswering {
  readonly videos: VideoService
  /** Counts downloads, each of which has a file of its own. */
  readonly downloads: CallLimit
  /** Aborts when the proxy stops. */
  readonly stopping: AbortSignal
}

/**
 * Answers what OpenAI's API has of videos beside making them, which is free.
 *
 * @returns nothing when the path is another.
 * @throws {InvalidRequest}
 * @throws {RequestProblem} 404, 429
 */
export function answerVideo(
  response: ServerResponse,
  url: URL,
  answering: VideoAnswering
): Promise<void> | undefined {
  const [, id, content] = videoPath.exec(url.pathname) ?? []
  if (id === undefined) return undefined
  if (content === undefined) return sendState(response, id, answering)
  assertWholeVideo(url.searchParams)
  return sendContent(response, id, answering)
}

async function sendState(
  response: ServerResponse,
  id: string,
  { videos, stopping }: VideoAnswering
): Promise<void> {
  const time = { stopping, timeoutMs: POLL_TIMEOUT_MS }
  const state = await withSignal(time, (signal) => videos.retrieve(id, signal))
  const body = JSON.stringify(videoBody(state))
  response.writeHead(200, { 'content-type': 'application/json' }).end(body)
}

/** Downloads a video and sends it. A client that leaves ends both: nothing was paid for it. */
async function sendContent(
  response: ServerResponse,
  id: string,
  { videos, downloads, stopping }: VideoAnswering
): Promise<void> {
  const leave = downloads.enter()
  const left = new AbortController()
  response.once('close', () => left.abort())
  try {
    await withSignal({ stopping, timeoutMs: DOWNLOAD_TIMEOUT_MS }, async (signal) => {
      const saved = await videos.download(id, AbortSignal.any([signal, left.signal]))
      await sendFile(response, saved).finally(saved.remove)
    })
  } finally {
    leave()
  }
}

async function sendFile(response: ServerResponse, { path, bytes, mimeType }: SavedFile): Promise<void> {
  response.writeHead(200, { 'content-type': mimeType, 'content-length': bytes })
  // Of what is cut off, a part must not end as if it were whole.
  await pipeline(createReadStream(path), response).catch(() => response.destroy())
}

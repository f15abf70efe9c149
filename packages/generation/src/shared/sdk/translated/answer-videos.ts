import { assertWholeVideo, filesOf, NO_VIDEOS, readVideoRequest, videoBody } from '@bursar/translation'
import type { SdkCall } from './sdk-call.js'
import { problemResponse } from './sdk-problem.js'

/** Which video is asked after: `/videos/video_1` or `/videos/video_1/content`. */
const videoPath = /^\/videos\/([\w-]{1,128})(\/content)?$/

/** Has a video generated, and answers with its job. @throws {InvalidRequest} */
export async function answerVideos({ body, form, init, service: { videos } }: SdkCall): Promise<Response> {
  const [file] = await filesOf(form, 'input_reference')
  const request = readVideoRequest(body, file)
  if (!videos) return noVideos(NO_VIDEOS)
  return Response.json(videoBody(await videos.create(request, init)))
}

/**
 * Answers what OpenAI's API has of videos beside making them, which is free.
 *
 * @returns nothing where the path is another.
 * @throws {InvalidRequest}
 */
export function answerVideo({
  path,
  query,
  init,
  service: { videos }
}: SdkCall): Promise<Response> | undefined {
  const [, id, content] = videoPath.exec(path) ?? []
  if (id === undefined || !videos) return undefined
  if (content !== undefined) assertWholeVideo(query)
  return content === undefined ? stateOf(id, videos, init) : contentOf(id, videos, init)
}

type Videos = NonNullable<SdkCall['service']['videos']>

async function stateOf(id: string, videos: Videos, init: SdkCall['init']): Promise<Response> {
  const state = await videos.retrieve(id, init)
  return state ? Response.json(videoBody(state)) : noVideos(`There is no video ${id}`)
}

async function contentOf(id: string, videos: Videos, init: SdkCall['init']): Promise<Response> {
  const content = await videos.content(id, init)
  if (!content) return noVideos(`There is no video ${id}`)
  return new Response(content.bytes, { headers: { 'content-type': content.mimeType } })
}

function noVideos(message: string): Response {
  return problemResponse({ status: 404, code: 'not_found', message })
}

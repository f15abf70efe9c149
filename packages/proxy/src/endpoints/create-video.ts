import type { JsonObject } from '@bursar/core'
import { RequestProblem } from '@bursar/local-server'
import { filesOf, NO_VIDEOS, readVideoRequest, videoBody } from '@bursar/translation'
import type { EndpointContext, TranslatedAnswer } from './endpoint.js'

/**
 * Has a video generated, and answers with its job, as OpenAI's API does.
 *
 * @throws {RequestProblem} 404 where the service has no videos in this shape.
 * @throws {InvalidRequest}
 * @throws {BursarError} `request/invalid`, and what paying throws.
 */
export async function createVideo(
  body: JsonObject,
  { service, call, form }: EndpointContext
): Promise<TranslatedAnswer> {
  const [file] = await filesOf(form, 'input_reference')
  const request = readVideoRequest(body, file)
  if (!service.videos) throw noVideos()
  return { body: videoBody(await service.videos.create(request, call)) }
}

function noVideos(): RequestProblem {
  return new RequestProblem({ status: 404, code: 'not_found', message: NO_VIDEOS })
}

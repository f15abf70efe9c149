import { changeJson, type ModelNames, renameFormModel } from '@bursar/translation'
import type { ForwardedRequest, ProxyService } from './proxy-service.js'
import { withNearestModel } from './unlisted-model.js'
import type { VideoService } from './video-service.js'

/**
 * A service that knows its models by the names that clients use. What it completes has the name that was asked for: Claude
 * Code drops a thought whose model is another.
 */
export function withModelNames(service: ProxyService, names: ModelNames): ProxyService {
  const { videos } = service
  const streamChat = service.streamChat?.bind(service)
  return {
    ...service,
    models: names.list,
    async complete(body, call) {
      const { model } = body
      if (typeof model !== 'string') return service.complete(body, call)
      const completion = await service
        .complete({ ...body, model: await names.resolve(model) }, call)
        .catch(async (error: unknown) => {
          throw await withNearestModel(error, model, names)
        })
      return { ...completion, model }
    },
    ...(streamChat
      ? {
          async streamChat(body, call) {
            const model = await names.resolve(String(body.model))
            return streamChat({ ...body, model }, call)
          }
        }
      : {}),
    images: async (request, call) =>
      service.images({ ...request, model: await names.resolve(request.model) }, call),
    ...(videos ? { videos: namedVideos(videos, names) } : {}),
    async forward(path, request, call) {
      const { model } = request.body
      const have = typeof model === 'string' ? await names.resolve(model) : model
      if (have === model) return service.forward(path, request, call)
      return service.forward(path, renamedRequest(request, String(have)), call)
    }
  }
}

function namedVideos(videos: VideoService, names: ModelNames): VideoService {
  return {
    ...videos,
    async create(request, call) {
      const { model } = request
      return { ...(await videos.create({ ...request, model: await names.resolve(model) }, call)), model }
    }
  }
}

function renamedRequest(request: ForwardedRequest, model: string): ForwardedRequest {
  const { body: object, bytes, form } = request
  if (form) return { ...request, body: { ...object, model }, form: renameFormModel(form, model) }
  const renamed = changeJson({ bytes, object }, (each) => ({ ...each, model }))
  return { ...request, body: renamed.object, bytes: renamed.bytes }
}

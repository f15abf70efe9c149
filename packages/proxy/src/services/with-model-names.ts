import {
  type CallByName,
  changeJson,
  type ModelNames,
  modelMember,
  namedVideos,
  renameFormModel
} from '@bursar/translation'
import type { ForwardedRequest, ProxyService } from './proxy-service.js'
import { withNearestModel } from './unlisted-model.js'

/**
 * A service that knows its models by the names that clients use. What it completes has the name that was asked for: Claude
 * Code drops a thought whose model is another. Where it rejects a model that it does not list, the rejection says which one may
 * be meant.
 */
export function withModelNames(service: ProxyService, names: ModelNames): ProxyService {
  const { videos } = service
  const streamChat = service.streamChat?.bind(service)
  const ask: CallByName = async (asked, call) => {
    if (typeof asked !== 'string') return call(undefined)
    const model = await names.resolve(asked)
    return call(model).catch(async (error: unknown) => {
      throw await withNearestModel(error, asked, names)
    })
  }
  return {
    ...service,
    models: names.list,
    async complete(body, call) {
      const completion = await ask(body.model, (model) =>
        service.complete({ ...body, ...modelMember(model) }, call)
      )
      return { ...completion, ...modelMember(body.model) }
    },
    ...(streamChat
      ? {
          streamChat: (body, call) =>
            ask(body.model, (model) => streamChat({ ...body, ...modelMember(model) }, call))
        }
      : {}),
    images: (request, call) =>
      ask(request.model, (model) => service.images({ ...request, ...modelMember(model) }, call)),
    ...(videos ? { videos: namedVideos(videos, ask) } : {}),
    forward: (path, request, call) =>
      ask(request.body.model, (model) =>
        service.forward(path, model === undefined ? request : renamedRequest(request, model), call)
      )
  }
}

function renamedRequest(request: ForwardedRequest, model: string): ForwardedRequest {
  const { body: object, bytes, form } = request
  if (object.model === model) return request
  if (form) return { ...request, body: { ...object, model }, form: renameFormModel(form, model) }
  const renamed = changeJson({ bytes, object }, (each) => ({ ...each, model }))
  return { ...request, body: renamed.object, bytes: renamed.bytes }
}

import { createCallByName, type ModelNames, modelMember, namedVideos } from '@bursar/translation'
import type { SdkService } from './sdk-service.js'

/** A service that knows its models by the names that clients use, as the proxy's. */
export function withModelNames(service: SdkService, names: ModelNames): SdkService {
  const { images, videos } = service
  const ask = createCallByName(names)
  return {
    ...service,
    models: names.list,
    chat: (body, init) => ask(body.model, (model) => service.chat({ ...body, ...modelMember(model) }, init)),
    ...(images
      ? {
          images: (request, init) =>
            ask(request.model, (model) => images({ ...request, ...modelMember(model) }, init))
        }
      : {}),
    ...(videos ? { videos: namedVideos(videos, ask) } : {})
  }
}

import type { ModelNames } from '@bursar/translation'
import type { SdkService, SdkVideos } from './sdk-service.js'

/** A service that knows its models by the names that clients use, as the proxy's. */
export function withModelNames(service: SdkService, names: ModelNames): SdkService {
  const { images, videos } = service
  return {
    ...service,
    models: names.list,
    async chat(body, init) {
      const { model } = body
      const have = typeof model === 'string' ? { model: await names.resolve(model) } : {}
      return service.chat({ ...body, ...have }, init)
    },
    ...(images
      ? {
          images: async (request, init) =>
            images({ ...request, model: await names.resolve(request.model) }, init)
        }
      : {}),
    ...(videos ? { videos: namedVideos(videos, names) } : {})
  }
}

function namedVideos(videos: SdkVideos, names: ModelNames): SdkVideos {
  return {
    ...videos,
    async create(request, init) {
      const { model } = request
      return { ...(await videos.create({ ...request, model: await names.resolve(model) }, init)), model }
    }
  }
}

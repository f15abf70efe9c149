import type { JsonValue } from '@bursar/core'
import type { ModelNames } from './model-names.js'
import type { VideoState } from './openai/video-body.js'
import type { VideoRequest } from './openai/video-request.js'

/** Calls by the service's own name of the model that is asked for; by none, where none is named. */
export type CallByName = <Answer>(
  asked: JsonValue | undefined,
  call: (model: string | undefined) => Promise<Answer>
) => Promise<Answer>

/** What calls by the names of a service. */
export function createCallByName(names: Pick<ModelNames, 'resolve'>): CallByName {
  return async (asked, call) => call(typeof asked === 'string' ? await names.resolve(asked) : undefined)
}

/** The member that names a model; none where none is named. */
export function modelMember(model: JsonValue | undefined): { readonly model?: string } {
  return typeof model === 'string' ? { model } : {}
}

/** Makes videos. */
interface VideoMaker<Call> {
  create(request: VideoRequest, call: Call): Promise<VideoState>
}

/** Videos by the names that clients use: the answer has the name that was asked for. */
export function namedVideos<Call, Videos extends VideoMaker<Call>>(
  videos: Videos & VideoMaker<Call>,
  callByName: CallByName
): Videos {
  return {
    ...videos,
    async create(request: VideoRequest, call: Call): Promise<VideoState> {
      const { model } = request
      const state = await callByName(model, (have) =>
        videos.create({ ...request, ...modelMember(have) }, call)
      )
      return { ...state, model }
    }
  }
}

import { bursarErrorOf } from '@bursar/core'
import { type JobState, katanaCatalogue, unlistedModel } from '@bursar/generation/katana'
import { RequestProblem } from '@bursar/local-server'
import { aspectRatioOf, invalidRequest, type VideoRequest } from '@bursar/translation'
import type { Bursar } from 'bursar'
import type { Katana } from 'bursar/katana'
import { callOptions } from './call-options.js'
import { videoStateOf } from './katana-video-state.js'
import { assertOwnJob } from './own-job.js'
import { saveVideo } from './save-video.js'
import { submitOnce } from './submit-once.js'
import type { VideoService } from './video-service.js'

/** OpenAI's own default. */
const UPRIGHT = '720x1280'

/** Katana's videos in OpenAI's shape, paid directly. */
export function katanaVideos(payer: {
  readonly bursar: Pick<Bursar, 'find' | 'history'>
  readonly katana: Katana
  readonly agent: string
}): VideoService {
  const { bursar, katana, agent } = payer
  const resume = (id: string, signal: AbortSignal) => katana.jobs.resume(id, { billing: 'direct', signal })
  return {
    async create(request, call) {
      const item = itemOf(request)
      const options = callOptions(call, request.model)
      const job = await submitOnce(payer, call, () => katana.videos.generate(item, options))
      const { prompt, model } = request
      const seconds = String(item.durationSeconds)
      return { ...videoStateOf(job.state), prompt, model, size: sizeOf(request) ?? '', seconds }
    },
    async retrieve(id, signal) {
      await assertOwnJob(bursar, agent, { job: id, origin: katana.origin, kind: 'video' })
      return videoStateOf(await firstState(resume(id, signal), id))
    },
    async download(id, signal) {
      await assertOwnJob(bursar, agent, { job: id, origin: katana.origin, kind: 'video' })
      const job = resume(id, signal)
      const { status } = videoStateOf(await firstState(job, id))
      if (status === 'completed') return saveVideo(job, signal)
      throw invalidRequest(`Video ${id} is ${status.replace('_', ' ')}, and has no content`, 'no_content')
    }
  }
}

/** The size that is asked for; none where the first frame decides. */
function sizeOf({ size, firstFrame }: VideoRequest): string | undefined {
  return size ?? (firstFrame === undefined ? UPRIGHT : undefined)
}

function itemOf(request: VideoRequest) {
  const { model, prompt, seconds, firstFrame } = request
  const listed = katanaCatalogue.videos.find(({ name }) => name === model)
  const [shortest = 5] = listed?.costsTenths.keys() ?? []
  const size = sizeOf(request)
  return {
    model: unlistedModel(model),
    prompt,
    durationSeconds: seconds ?? shortest,
    aspectRatio: size === undefined ? 'auto' : aspectRatioOf(size),
    ...(firstFrame === undefined ? {} : { firstFrame })
  }
}

/** The state of a job now. @throws {RequestProblem} 404 */
async function firstState(states: AsyncIterable<JobState>, id: string): Promise<JobState> {
  try {
    for await (const state of states) return state
  } catch (error) {
    if (bursarErrorOf(error, 'service/refused')?.context.status !== 404) throw error
  }
  throw new RequestProblem({ status: 404, code: 'not_found', message: `There is no video ${id}` })
}

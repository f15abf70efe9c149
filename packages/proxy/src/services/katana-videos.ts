import { bursarErrorOf } from '@bursar/core'
import { inWordsOfJson } from '@bursar/generation/carriers'
import { type JobState, katanaCatalogue, unlistedModel } from '@bursar/generation/katana'
import { RequestProblem } from '@bursar/local-server'
import { assertHasContent, katanaVideoOrder, katanaVideoState } from '@bursar/translation'
import type { Bursar } from 'bursar'
import type { Katana } from 'bursar/katana'
import { callOptions } from './call-options.js'
import { assertOwnJob } from './own-job.js'
import { saveVideo } from './save-video.js'
import { submitOnce } from './submit-once.js'
import type { VideoService } from './video-service.js'

const { videos: models } = katanaCatalogue

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
      const { model } = request
      const { item, stateOf } = katanaVideoOrder(request, models)
      const order = { ...item, model: unlistedModel(model) }
      const submit = () => inWordsOfJson(katana.videos.generate(order, callOptions(call, model)))
      return stateOf((await submitOnce(payer, call, submit)).state)
    },
    async retrieve(id, signal) {
      await assertOwnJob(bursar, agent, { job: id, origin: katana.origin, kind: 'video' })
      return katanaVideoState(await firstState(resume(id, signal), id), models)
    },
    async download(id, signal) {
      await assertOwnJob(bursar, agent, { job: id, origin: katana.origin, kind: 'video' })
      const job = resume(id, signal)
      assertHasContent(katanaVideoState(await firstState(job, id), models))
      return saveVideo(job, signal)
    }
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

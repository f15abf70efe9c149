import type { VideoState } from '../openai/video-body.js'
import type { VideoRequest } from '../openai/video-request.js'
import { katanaVideoItem } from './video-item.js'
import { type KatanaVideoJob, type KeyedModel, katanaVideoState } from './video-state.js'

/** A model of Katana's catalogue. */
interface VideoModel extends KeyedModel {
  /** By the seconds that its videos have, the shortest first. */
  readonly costsTenths: ReadonlyMap<number, unknown>
}

/**
 * A video of OpenAI's API as an item of Katana's, and what its job is told as once it is submitted: Katana does not repeat yet
 * what was asked for.
 *
 * @param models of the catalogue
 * @throws {InvalidRequest}
 */
export function katanaVideoOrder(request: VideoRequest, models: readonly VideoModel[]) {
  const { model, prompt } = request
  const [shortest] = models.find(({ name }) => name === model)?.costsTenths.keys() ?? []
  const { item, size } = katanaVideoItem(request, shortest)
  const seconds = String(item.durationSeconds)
  const stateOf = (job: KatanaVideoJob): VideoState => ({
    ...katanaVideoState(job, models),
    prompt,
    size,
    seconds
  })
  return { item, stateOf }
}

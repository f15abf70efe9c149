import { aspectRatioOf } from '../openai/aspect-ratio.js'
import type { VideoRequest } from '../openai/video-request.js'

/** OpenAI's own default. */
const UPRIGHT = '720x1280'
/** Where it is not known how long the videos of a model are. */
const USUAL_SECONDS = 5

/**
 * A video of OpenAI's API as an item of Katana's, and its size: none where the first frame decides.
 *
 * @param shortestSeconds of the model's videos, where that is known.
 * @throws {InvalidRequest}
 */
export function katanaVideoItem(
  { prompt, seconds, size: asked, firstFrame }: VideoRequest,
  shortestSeconds = USUAL_SECONDS
) {
  const size = asked ?? (firstFrame === undefined ? UPRIGHT : undefined)
  const item = {
    prompt,
    durationSeconds: seconds ?? shortestSeconds,
    aspectRatio: size === undefined ? 'auto' : aspectRatioOf(size),
    ...(firstFrame === undefined ? {} : { firstFrame })
  }
  return { item, size: size ?? '' }
}

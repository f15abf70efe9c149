import { bursarErrorOf, eitherSignal } from '@bursar/core'
import { assertHasContent, katanaVideoOrder, katanaVideoState } from '@bursar/translation'
import { readAsset } from '../../shared/asset/read-asset.js'
import type { JobState } from '../../shared/job/job-state.js'
import { inWordsOfJson } from '../../shared/sdk/translated/media-in-json.js'
import type { SdkInit, SdkVideos } from '../../shared/sdk/translated/sdk-service.js'
import type { FetchLike } from '../../shared/service/operation.js'
import type { Catalogue } from '../catalogue/model.js'
import { unlistedModel } from '../item.js'
import type { KatanaClient } from '../katana-client.js'

/** Bytes of one video, which is held in memory: a fetch has no disk. */
const MAX_BYTES = 256 * 1024 * 1024
const DOWNLOAD_TIMEOUT_MS = 600_000

/** What videos for SDKs are made with. */
export interface SdkVideosContext {
  readonly videos: KatanaClient['videos']
  readonly jobs: KatanaClient['jobs']
  readonly catalogue: Pick<Catalogue, 'videos'>
  /** Where Katana is. */
  readonly base: URL
  /** Fetches without credentials and without paying. */
  readonly plainFetch: FetchLike
}

/** Katana's videos in OpenAI's shape. */
export function openSdkVideos({ videos, jobs, catalogue, base, plainFetch }: SdkVideosContext): SdkVideos {
  const models = catalogue.videos
  const stateNow = (id: string, { signal }: SdkInit) =>
    firstState(jobs.resume(id, { signal: signal ?? undefined }))
  return {
    async create(request, init: SdkInit & { readonly bursar?: unknown }) {
      const { item, stateOf } = katanaVideoOrder(request, models)
      const { signal, bursar } = init
      const options = bursar === undefined ? {} : { fetchOptions: { bursar } }
      const order = { ...item, model: unlistedModel(request.model) }
      const making = videos.generate(order, { ...options, signal: signal ?? undefined })
      return stateOf((await inWordsOfJson(making)).state)
    },
    async retrieve(id, init) {
      const state = await stateNow(id, init)
      return state && katanaVideoState(state, models)
    },
    async content(id, init) {
      const state = await stateNow(id, init)
      if (!state) return undefined
      assertHasContent(katanaVideoState(state, models))
      const [asset] = state.items.flatMap(({ assets }) => assets)
      if (!asset) return undefined
      const signal = eitherSignal(init.signal ?? undefined, AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS))
      const reading = { service: base, fetch: plainFetch, maxBytes: MAX_BYTES, signal }
      const bytes = await readAsset({ requestId: id, asset }, reading)
      return { bytes, mimeType: asset.mimeType ?? 'video/mp4' }
    }
  }
}

/** The state of a job now; nothing where there is none. */
async function firstState(states: AsyncIterable<JobState>): Promise<JobState | undefined> {
  try {
    for await (const state of states) return state
  } catch (error) {
    if (bursarErrorOf(error, 'service/refused')?.context.status !== 404) throw error
  }
  return undefined
}

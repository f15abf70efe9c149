import { checkOptions, systemClock, systemRandom } from '@bursar/core'
import { createSaver } from '../shared/asset/create-saver.js'
import { parseBaseUrl } from '../shared/service/origin.js'
import { katanaCatalogue } from './catalogue/snapshot.js'
import type { ChatBody } from './chat-body.js'
import { createChat } from './create-chat.js'
import { finalFrameOf } from './final-frame.js'
import { type GenerationItem, type ImageItem, isGenerationItem, type VideoItem } from './item.js'
import { checkContinuationFields } from './item-fields.js'
import { createJobs } from './jobs.js'
import type { KatanaClient } from './katana-client.js'
import type { KatanaClientOptions } from './katana-client-options.js'
import { KATANA_URL } from './katana-url.js'
import { openSession, platformFetch } from './open-session.js'
import { clientChecks } from './option-checks.js'
import { estimateChat, estimateItems } from './pricing/estimate.js'
import { createQueries } from './queries.js'

/**
 * Builds a client of imgnAI Katana.
 *
 * @example
 * ```ts
 * const katana = createKatanaClient({ fetch: bursar.fetch, receiptOf: bursar.receiptOf })
 * const job = await katana.images.generate({ model: 'gen', prompt: 'A mug', aspectRatio: '1:1' })
 * await job.save('out/')
 * ```
 * @throws {TypeError} when an option is malformed.
 */
export function createKatanaClient(options: KatanaClientOptions = {}): KatanaClient {
  checkOptions(options, clientChecks)
  const { clock = systemClock, random = systemRandom, catalogue = katanaCatalogue, onSubmitted } = options
  const { plainFetch = platformFetch } = options
  const baseUrl = parseBaseUrl(options.baseUrl ?? KATANA_URL)
  const session = openSession(options, baseUrl)
  const save = createSaver({ service: baseUrl, fetch: plainFetch, clock, random })
  const correct = options.correct ?? options.meter?.correct
  const { origin } = baseUrl
  const jobs = createJobs({ session, catalogue, clock, random, save, onSubmitted, correct, origin })
  const queries = createQueries(session, catalogue, random)
  return {
    images: {
      generate: (items, call) => jobs.submit('images.generate', listOf(items).map(toImage), call)
    },
    videos: {
      generate: (items, call) => jobs.submit('videos.generate', listOf(items).map(toVideo), call),
      async extend(video, item, call) {
        checkContinuationFields(item)
        const firstFrame = await finalFrameOf(video, baseUrl, plainFetch)
        return jobs.submit('videos.generate', [toVideo({ ...item, firstFrame })], call)
      }
    },
    generate: (items, call) => jobs.submit('generate', items, call),
    jobs: { resume: jobs.resume },
    chat: { completions: createChat(session, catalogue) },
    ...queries,
    estimate(request) {
      if (isList<GenerationItem | ChatBody>(request))
        return estimateItems(request.filter(isGenerationItem), catalogue)
      if (isGenerationItem(request)) return estimateItems([request], catalogue)
      return estimateChat(request, catalogue)
    }
  }
}

function toImage(item: ImageItem): GenerationItem {
  return { ...item, type: 'image' }
}

function toVideo(item: VideoItem): GenerationItem {
  return { ...item, type: 'video' }
}

function listOf<Item>(items: Item | readonly Item[]): readonly Item[] {
  return isList(items) ? items : [items]
}

/** `Array.isArray` does not recognize readonly arrays. */
function isList<Item>(items: Item | readonly Item[]): items is readonly Item[] {
  return Array.isArray(items)
}

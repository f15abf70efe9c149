import { partsOf } from '@bursar/core'
import { pricedForm, pricedJson } from '../shared/metering/priced-request.js'
import { unknownPrice } from '../shared/metering/unknown-price.js'
import { chargedFetch } from '../shared/sdk/charged-fetch.js'
import { createSdkFetch } from '../shared/sdk/sdk-fetch.js'
import { toPlatformFetch } from '../shared/service/platform-fetch.js'
import type { SdkOptions } from '../shared/service/sdk-options.js'
import { accountQuery } from './account-queries.js'
import { generateImages } from './generate-images.js'
import { generateVideo, resumeVideo } from './generate-video.js'
import type { ModelFamily, ModelItem } from './model-family.js'
import { openRelaySession, withoutSlash } from './open-relay-session.js'
import { familyOf } from './plan-request.js'
import { isRawItem, rawImage, rawVideo } from './raw-item.js'
import type { Relay } from './relay.js'
import type { MeteringBursar, MeteringParts, RelayCall, RelayOptions } from './relay-options.js'
import type { RelayService } from './relay-service.js'
import type { RelaySession } from './relay-session.js'
import { type SdkCalls, translateRelayCalls } from './translate-relay-calls.js'
import { readModels } from './wire/models.js'

/**
 * Builds a client of a service that bills by key, over a bursar whose limits and ledger the bills are checked against.
 *
 * @throws {TypeError} when an option is malformed.
 */
export function createRelay<
  ImageItem extends ModelItem,
  EditItem extends ModelItem,
  VideoItem extends ModelItem
>(
  service: RelayService<ImageItem, EditItem, VideoItem>,
  bursar: MeteringBursar,
  options: RelayOptions
): Relay<ImageItem, EditItem, VideoItem> {
  const parts = partsOf(bursar)
  const session = openRelaySession(service, parts, options)
  const { account, baseUrl } = session
  const families: readonly ModelFamily<ImageItem | VideoItem>[] = [...service.images, ...service.videos]
  const images = imagesOf(service, session)
  const estimate = (item: ImageItem | VideoItem) => estimateItem(session, families, item)
  return {
    service: service.name,
    origin: baseUrl.origin,
    ...sdkAccess({ service, session, options, ledger: parts.ledger, relay: { images, estimate } }),
    images,
    videos: videosOf(service, session),
    jobs: { resume: (taskId, watch) => resumeVideo(session, taskId, watch) },
    models: { list: (call) => listModels(session, call) },
    pricing: account.pricing,
    balance: account.balance,
    estimate
  }
}

/** What sends calls of the caller's own, and of SDKs, with the key. */
type SdkAccess = Pick<Relay<never, never, never>, 'fetch' | 'sdkFetch' | 'openai' | 'anthropic' | 'claudeEnv'>

/** What SDKs are given access with. */
interface SdkParts extends Pick<SdkCalls, 'session' | 'relay'>, Pick<MeteringParts, 'ledger'> {
  readonly service: Pick<RelayService<never, never, never>, 'name' | 'spoken'>
  readonly session: RelaySession
  readonly options: Pick<RelayOptions, 'apiKey' | 'prices'>
}

function sdkAccess({ service, session, relay, ledger, options }: SdkParts): SdkAccess {
  const { apiKey, prices = {} } = options
  const { metered, clock, baseUrl, apiUrl } = session
  const charged = chargedFetch(service.name, metered.fetch)
  const names = { models: () => listModels(session), known: Object.keys(prices) }
  const send = translateRelayCalls({ service, session, relay, charged, ...names })
  const sdkFetch = createSdkFetch(send, { clock, ledger })
  const sdk = (baseURL: string): SdkOptions => ({ apiKey, baseURL, maxRetries: 0, fetch: sdkFetch })
  return {
    fetch: toPlatformFetch(charged),
    sdkFetch,
    openai: (Client) => new Client(sdk(apiUrl.href)),
    anthropic: (Client) => new Client(sdk(apiUrl.href.replace(/\/v1\/?$/, ''))),
    claudeEnv: () => ({ ANTHROPIC_BASE_URL: withoutSlash(baseUrl), ANTHROPIC_API_KEY: apiKey })
  }
}

function imagesOf<ImageItem extends ModelItem, EditItem extends ModelItem>(
  { images, edits }: Pick<RelayService<ImageItem, EditItem, never>, 'images' | 'edits'>,
  session: RelaySession
): Relay<ImageItem, EditItem, never>['images'] {
  return {
    generate: (item, call) => {
      const order = { name: 'images.generate', call }
      return isRawItem(item)
        ? generateImages(session, { ...order, families: [rawImage(images)], item })
        : generateImages(session, { ...order, families: images, item })
    },
    edit: (item, call) => generateImages(session, { name: 'images.edit', families: edits, item, call })
  }
}

function videosOf<VideoItem extends ModelItem>(
  { videos, videoPath }: Pick<RelayService<never, never, VideoItem>, 'videos' | 'videoPath'>,
  session: RelaySession
): Relay<never, never, VideoItem>['videos'] {
  return {
    generate: (item, watch) =>
      isRawItem(item)
        ? generateVideo(session, { families: [rawVideo(videoPath)], item, watch })
        : generateVideo(session, { families: videos, item, watch })
  }
}

async function estimateItem<Item extends ModelItem>(
  session: RelaySession,
  families: readonly ModelFamily<Item>[],
  item: Item
) {
  const { path, body } = familyOf(session, families, item).request(item)
  const request = body instanceof FormData ? pricedForm(path, body) : pricedJson(path, body)
  const charge = await session.pricingRule(request)
  if (charge && !charge.unknown) return charge.maxCost
  throw charge?.unknown ?? unknownPrice(session.service.name, item.model)
}

async function listModels(
  { service, connection }: RelaySession,
  call?: RelayCall
): Promise<readonly string[]> {
  const answer = await connection.read(accountQuery('models.list', `${service.apiPath}/models`, call))
  const models = readModels(answer.body)
  if (!models) throw connection.malformed(answer, 'no data')
  return models
}

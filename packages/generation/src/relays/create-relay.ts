import { bursarParts } from '@bursar/core'
import { pricedForm, pricedJson } from '../shared/metering/priced-request.js'
import { unknownPrice } from '../shared/metering/unknown-price.js'
import type { Operation } from '../shared/service/operation.js'
import { readModels } from './new-api.js'
import { makePictures } from './pictures.js'
import type { MeteringBursar, Relay, RelayCall, RelayOptions, SdkOptions } from './relay.js'
import type { RelayService, Shape } from './service.js'
import { type Named, openRelaySession, type RelaySession, shapeFor, withoutSlash } from './session.js'
import { makeFilm, resumeFilm } from './tasks.js'

const QUESTION_TIMEOUT_MS = 60_000

/**
 * Builds a client of a service that bills by key, over a bursar whose limits and ledger the bills are held against.
 *
 * @throws {TypeError} when an option is malformed.
 */
export function createRelay<ImageItem extends Named, EditItem extends Named, VideoItem extends Named>(
  service: RelayService<ImageItem, EditItem, VideoItem>,
  bursar: MeteringBursar,
  options: RelayOptions
): Relay<ImageItem, EditItem, VideoItem> {
  const session = openRelaySession(service, bursar[bursarParts](), options)
  const { metered, account, baseUrl, apiUrl, pricingRule } = session
  const { apiKey } = options
  const sdk = (baseURL: string): SdkOptions => ({
    apiKey,
    baseURL,
    maxRetries: 0,
    async fetch(input, init) {
      if (!(input instanceof Request)) return metered.fetch(String(input), init ?? {})
      const request = new Request(input, init)
      const { url, method, headers, signal, body } = request
      return metered.fetch(url, { method, headers, signal, ...(body ? { body } : {}) })
    }
  })
  return {
    service: service.name,
    origin: baseUrl.origin,
    fetch: metered.fetch,
    openai: (Client) => new Client(sdk(apiUrl.href)),
    anthropic: (Client) => new Client(sdk(withoutSlash(baseUrl))),
    claudeEnv: () => ({ ANTHROPIC_BASE_URL: withoutSlash(baseUrl), ANTHROPIC_API_KEY: apiKey }),
    images: {
      generate: (item, call = {}) => makePictures(session, 'images.generate', service.images, item, call),
      edit: (item, call = {}) => makePictures(session, 'images.edit', service.edits, item, call)
    },
    videos: { generate: (item, watching = {}) => makeFilm(session, service.videos, item, watching) },
    jobs: { resume: (taskId, watching = {}) => resumeFilm(session, taskId, watching) },
    models: { list: (call = {}) => listModels(session, call) },
    pricing: account.pricing,
    balance: account.balance,
    async estimate(item) {
      const shapes: readonly Shape<ImageItem | VideoItem>[] = [...service.images, ...service.videos]
      const { path, body } = shapeFor(session, shapes, item).request(item)
      const charge = await pricingRule(
        body instanceof FormData ? pricedForm(path, body) : pricedJson(path, body)
      )
      if (!charge || charge.unknown) throw charge?.unknown ?? unknownPrice(service.name, item.model)
      return charge.maxCost
    }
  }
}

async function listModels(
  { service, connection }: RelaySession,
  { signal, timeoutMs = QUESTION_TIMEOUT_MS }: RelayCall
): Promise<readonly string[]> {
  const path = `${service.apiPath}/models`
  const asked = { name: 'models.list', method: 'GET', path, money: 'none', timeoutMs } as const
  const operation: Operation = { ...asked, ...(signal ? { signal } : {}) }
  const { body, response } = await connection.read(operation)
  const models = readModels(body)
  if (!models) throw connection.malformed(operation, response, 'no data')
  return models
}

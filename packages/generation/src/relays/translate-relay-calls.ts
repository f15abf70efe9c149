import type { ImageRequest } from '@bursar/translation'
import { chatInit } from '../shared/sdk/translated/chat-init.js'
import type { SdkImage, SdkInit } from '../shared/sdk/translated/sdk-service.js'
import { translateSdkCalls } from '../shared/sdk/translated/translate-sdk-calls.js'
import type { FetchLike } from '../shared/service/operation.js'
import type { ImageRelay } from './carried-images.js'
import type { RelayService } from './relay-service.js'
import type { RelaySession } from './relay-session.js'

/** What the calls of SDKs are answered with. */
export interface SdkCalls {
  readonly service: Pick<RelayService<never, never, never>, 'spoken'>
  readonly session: Pick<RelaySession, 'apiUrl' | 'baseUrl' | 'clock' | 'random' | 'download'>
  /** Makes the images of models that the relay makes in another way. */
  readonly relay: ImageRelay
  /** Sends with the key, and enters what is billed. */
  readonly charged: FetchLike
  /** The names of models that a price is given of. */
  readonly known: readonly string[]
  readonly models: () => Promise<readonly string[]>
}

/** What a relay answers itself. Its videos are made and asked after where they are, in its own shape. */
const own = /^\/videos?\//

/** Lets SDKs call what a relay does not speak for a model, by its chat. What it speaks is handed through. */
export function translateRelayCalls(calls: SdkCalls): FetchLike {
  const { service, session, charged, known, models } = calls
  const { apiUrl, clock, random } = session
  return translateSdkCalls({
    apiUrl,
    random,
    clock,
    known,
    models,
    send: charged,
    streams: () => true,
    images: (request, init) => makeImages(calls, request, init),
    imageReading: { service: session.baseUrl, fetch: session.download },
    speaks: (path, { body }) => own.test(path) || (service.spoken.get(path)?.(body) ?? false),
    chat(body, init) {
      return charged(`${apiUrl.href.replace(/\/$/, '')}/chat/completions`, chatInit(body, init))
    }
  })
}

/** Has images made for a call, and waits for them. @throws {InvalidRequest} @throws {BursarError} */
async function makeImages(
  { relay, session: { baseUrl, download } }: SdkCalls,
  request: ImageRequest,
  init: SdkInit & { readonly bursar?: unknown }
): Promise<readonly SdkImage[]> {
  const [{ generateRelayImages }, { imagesOfJob }] = await Promise.all([
    import('./carried-images.js'),
    import('../shared/sdk/translated/job-images.js')
  ])
  const { signal, bursar } = init
  const call = { signal: signal ?? undefined, ...(bursar === undefined ? {} : { fetchOptions: { bursar } }) }
  const job = await generateRelayImages(relay, request, call)
  return imagesOfJob(job, { service: baseUrl, fetch: download, signal })
}

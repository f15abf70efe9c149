import { type ImageRequest, katanaImageItem } from '@bursar/translation'
import { imagesOfJob } from '../../shared/sdk/translated/job-images.js'
import { inWordsOfJson } from '../../shared/sdk/translated/media-in-json.js'
import type { SdkImage, SdkInit } from '../../shared/sdk/translated/sdk-service.js'
import type { FetchLike } from '../../shared/service/operation.js'
import { unlistedModel } from '../item.js'
import type { KatanaClient } from '../katana-client.js'

/** What images for SDKs are made with. */
export interface SdkImagesContext {
  readonly images: KatanaClient['images']
  /** Where Katana is. */
  readonly base: URL
  /** Fetches without credentials and without paying. */
  readonly plainFetch: FetchLike
}

/** Has images made by one job, and waits for them. @throws {InvalidRequest} @throws {BursarError} */
export async function makeSdkImages(
  { images, base, plainFetch }: SdkImagesContext,
  request: ImageRequest,
  init: SdkInit & { readonly bursar?: unknown }
): Promise<readonly SdkImage[]> {
  const { signal, bursar } = init
  const options = bursar === undefined ? {} : { fetchOptions: { bursar } }
  const item = { ...katanaImageItem(request), model: unlistedModel(request.model) }
  const items = Array.from({ length: request.count }, () => item)
  const job = await inWordsOfJson(images.generate(items, { ...options, signal: signal ?? undefined }))
  return imagesOfJob(job, { service: base, fetch: plainFetch, signal })
}

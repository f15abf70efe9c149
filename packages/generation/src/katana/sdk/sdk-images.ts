import { eitherSignal } from '@bursar/core'
import { type ImageRequest, katanaImageItem } from '@bursar/translation'
import { readAsset } from '../../shared/asset/read-asset.js'
import type { SdkImage, SdkInit } from '../../shared/sdk/translated/sdk-service.js'
import type { FetchLike } from '../../shared/service/operation.js'
import { unlistedModel } from '../item.js'
import type { KatanaClient } from '../katana-client.js'

/** Bytes of one image. */
const MAX_BYTES = 64 * 1024 * 1024
const DOWNLOAD_TIMEOUT_MS = 300_000

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
  const job = await images.generate(items, { ...options, signal: signal ?? undefined })
  const { assets, requestId } = await job.result()
  return assets.map((asset) => ({
    url: asset.url ?? '',
    bytes: () =>
      readAsset(
        { requestId, asset },
        { service: base, fetch: plainFetch, maxBytes: MAX_BYTES, signal: downloadSignal(signal) }
      )
  }))
}

function downloadSignal(signal: AbortSignal | null | undefined): AbortSignal {
  return eitherSignal(signal ?? undefined, AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS))
}

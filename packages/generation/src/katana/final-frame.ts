import { discardBody } from '@bursar/core'
import { assetError } from '../shared/asset/asset-error.js'
import { fetchAsset } from '../shared/asset/fetch-asset.js'
import { invalidRequest } from '../shared/checks/invalid-request.js'
import type { Asset } from '../shared/job/job-state.js'
import type { MediaInput } from '../shared/media/media-input.js'
import { MAX_MEDIA_BYTES } from '../shared/media/media-value.js'
import type { FetchLike } from '../shared/service/operation.js'
import { boundedBytes } from '../shared/wire/bounded-body.js'
import type { VideoItem } from './item.js'

/** A video that continues another: its first frame is given. */
export type Continuation = VideoItem extends infer Item
  ? Item extends VideoItem
    ? Omit<Item, 'firstFrame'>
    : never
  : never

/**
 * The last frame of a video, as the first of the next. An https URL is handed on as it is. A service on loopback has http
 * URLs, for which the image itself is sent.
 *
 * @throws {BursarError} `request/invalid` when the video has none, `asset/*`
 */
export async function finalFrameOf(asset: Asset, service: URL, fetch: FetchLike): Promise<MediaInput> {
  const { finalFrameUrl } = asset
  if (finalFrameUrl === undefined) {
    const message = 'The service gave no final frame for this video'
    throw invalidRequest([
      {
        field: 'video',
        rule: 'final_frame_missing',
        message,
        allowed: 'a video whose asset has finalFrameUrl'
      }
    ])
  }
  if (finalFrameUrl.startsWith('https:')) return finalFrameUrl
  const frame = { requestId: '', asset: { ...asset, url: finalFrameUrl } }
  const signal = AbortSignal.timeout(60_000)
  const response = await fetchAsset({ ...frame, fetch, service, headers: {}, signal })
  const bytes = response.ok ? await boundedBytes(response, MAX_MEDIA_BYTES) : undefined
  if (!bytes) {
    if (!response.ok) discardBody(response)
    throw assetError('asset/unavailable', frame, {
      reason: `the final frame was answered with ${response.status}`
    })
  }
  return bytes
}

import { eitherSignal } from '@bursar/core'
import type { JobAsset } from '../../asset/asset-error.js'
import { type AssetReading, readAsset } from '../../asset/read-asset.js'

/** Bytes of one image. */
const MAX_BYTES = 64 * 1024 * 1024
const DOWNLOAD_TIMEOUT_MS = 300_000

/** From where images are read. */
export interface ImageReading extends Pick<AssetReading, 'service' | 'fetch'> {
  readonly signal?: AbortSignal | null | undefined
}

/** Reads an image that was made. @throws {BursarError} `asset/insecure`, `asset/unavailable`, `asset/mismatch` */
export function readImage(
  jobAsset: JobAsset,
  { signal, ...reading }: ImageReading
): ReturnType<typeof readAsset> {
  const limited = eitherSignal(signal ?? undefined, AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS))
  return readAsset(jobAsset, { ...reading, maxBytes: MAX_BYTES, signal: limited })
}

import { discardBody, isBursarError } from '@bursar/core'
import { mediaTypeOf } from '../media/media-type.js'
import type { FetchLike } from '../service/operation.js'
import { type ByteBudget, boundedBytes } from '../wire/bounded-body.js'
import { assetError, type JobAsset } from './asset-error.js'
import { fetchAsset } from './fetch-asset.js'

/** How an asset is read into memory. */
export interface AssetReading {
  /** Where the job came from. */
  readonly service: URL
  /** Fetches without credentials and without paying. */
  readonly fetch: FetchLike
  /** Of this asset, or what is left for it and others. */
  readonly maxBytes: number | ByteBudget
  readonly signal: AbortSignal
}

/**
 * Reads an asset into memory, where there is no disk to save it on.
 *
 * @throws {BursarError} `asset/insecure`, `asset/unavailable`, `asset/mismatch`
 */
export async function readAsset(jobAsset: JobAsset, reading: AssetReading): Promise<Uint8Array<ArrayBuffer>> {
  const { maxBytes } = reading
  const bytes = await fetchBytes(jobAsset, reading)
  if (!bytes) throw assetError('asset/mismatch', jobAsset, { reason: tooLarge(maxBytes) })
  const found = mediaTypeOf(bytes)
  if (found?.kind === jobAsset.asset.kind) return bytes
  const reason = `a ${jobAsset.asset.kind} was announced, and ${found?.mimeType ?? 'something unknown'} came`
  throw assetError('asset/mismatch', jobAsset, { reason })
}

function tooLarge(maxBytes: AssetReading['maxBytes']): string {
  return typeof maxBytes === 'number'
    ? `it is larger than ${maxBytes} bytes`
    : 'it and those beside it are larger than is held in memory'
}

async function fetchBytes(
  jobAsset: JobAsset,
  { service, fetch, maxBytes, signal }: AssetReading
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    const response = await fetchAsset({ ...jobAsset, service, fetch, signal, headers: {} })
    if (response.ok) return await boundedBytes(response, maxBytes)
    discardBody(response)
    throw assetError('asset/unavailable', jobAsset, { reason: `its URL answered ${response.status}` })
  } catch (error) {
    if (isBursarError(error) || signal.aborted) throw error
    throw assetError('asset/unavailable', jobAsset, { reason: 'the download broke off', cause: error })
  }
}

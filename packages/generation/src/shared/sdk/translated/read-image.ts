import { eitherSignal, isBursarError } from '@bursar/core'
import { assetError, type JobAsset } from '../../asset/asset-error.js'
import { type AssetReading, readAsset } from '../../asset/read-asset.js'
import { ByteBudget } from '../../wire/bounded-body.js'

/** Bytes of all images of one answer together, as of the proxy. */
const MAX_BYTES = 128 * 1024 * 1024
/** How many of one answer are read at once. */
const MAX_AT_ONCE = 4
/** For all images of one answer. */
const DOWNLOAD_TIMEOUT_MS = 300_000

/** From where images are read. */
export interface ImageReading extends Pick<AssetReading, 'service' | 'fetch'> {
  readonly signal?: AbortSignal | null | undefined
}

/** Reads an image that was made. @throws {BursarError} `asset/insecure`, `asset/unavailable`, `asset/mismatch` */
type ReadImage = (jobAsset: JobAsset) => Promise<Uint8Array<ArrayBuffer>>

/**
 * Builds what reads the images of one answer. How many there are and how large is the service's choice: a few are read at once,
 * all together within one bound, and none any more once one could not be had.
 */
export function openImageReader({ signal, ...reading }: ImageReading): ReadImage {
  const failed = new AbortController()
  const given = eitherSignal(signal ?? undefined, failed.signal)
  const limited = eitherSignal(given, AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS))
  const context = { ...reading, maxBytes: new ByteBudget(MAX_BYTES), signal: limited }
  const turns: Promise<unknown>[] = []
  const read = async (jobAsset: JobAsset, turn: Promise<unknown> | undefined) => {
    await turn
    try {
      limited.throwIfAborted()
      return await readAsset(jobAsset, context)
    } catch (error) {
      if (given.aborted || isBursarError(error)) throw error
      const reason = `it was not there after ${DOWNLOAD_TIMEOUT_MS} ms`
      throw assetError('asset/unavailable', jobAsset, { reason, cause: error })
    }
  }
  return (jobAsset) => {
    const reading = read(jobAsset, turns.at(-MAX_AT_ONCE))
    turns.push(reading.catch(() => failed.abort()))
    return reading
  }
}

import {
  bodyChunks,
  type Clock,
  eitherSignal,
  isBursarError,
  isError,
  notify,
  type RandomBytes
} from '@bursar/core'
import { retryDelayMs } from '../job/pacing.js'
import type { FetchLike } from '../service/operation.js'
import { assetError, type JobAsset } from './asset-error.js'
import { DownloadInterruption, preparePart } from './download-response.js'
import { fetchAsset } from './fetch-asset.js'
import type { PartFile } from './part-file.js'
import type { DownloadProgress } from './save-options.js'
import { StallTimer } from './stall-timer.js'

/** What a download is made with. */
export interface DownloadContext extends JobAsset {
  readonly service: URL
  readonly fetch: FetchLike
  readonly clock: Clock
  readonly random: RandomBytes
  readonly maxBytes: number
  readonly stallMs: number
  readonly retries: number
  readonly onProgress?: ((progress: DownloadProgress) => void) | undefined
  readonly signal?: AbortSignal | undefined
}

/**
 * Fills a part file to the end, continuing where an earlier download was interrupted.
 *
 * @throws {BursarError} `asset/expired`, `asset/unavailable`, `asset/mismatch`, `asset/insecure`
 */
export async function download(part: PartFile, context: DownloadContext): Promise<void> {
  const { clock, random, signal, retries } = context
  // An earlier process may have ended between the last byte and the name.
  if (part.bytes > 0 && part.bytes === part.totalBytes) return
  for (let failures = 1; ; failures++) {
    signal?.throwIfAborted()
    const interruption = await attempt(part, context)
    if (!interruption) return
    if (failures > retries) throw assetError('asset/unavailable', context, interruption)
    await clock.sleep(retryDelayMs(failures, interruption.retryAfterSeconds, random), signal)
  }
}

async function attempt(part: PartFile, context: DownloadContext): Promise<DownloadInterruption | undefined> {
  const stall = new StallTimer(context.stallMs)
  const signal = eitherSignal(context.signal, stall.signal)
  try {
    const headers = { 'accept-encoding': 'identity', ...part.headers }
    const response = await fetchAsset({ ...context, headers, signal })
    const prepared = await preparePart(response, part, context)
    if (prepared) return prepared === 'complete' ? undefined : prepared
    await appendBody(response, part, { ...context, stall })
    const { bytes, totalBytes } = part
    if (totalBytes === undefined || bytes === totalBytes) return undefined
    return new DownloadInterruption('the download ended too early')
  } catch (error) {
    if (context.signal?.aborted || isBursarError(error)) throw error
    const reason = stall.signal.aborted
      ? 'no byte came for too long'
      : (diskReason(error) ?? 'the download broke off')
    return new DownloadInterruption(reason, error)
  } finally {
    stall.stop()
  }
}

async function appendBody(
  response: Response,
  part: PartFile,
  context: DownloadContext & { readonly stall: StallTimer }
): Promise<void> {
  for await (const chunk of bodyChunks(response)) {
    context.stall.restart()
    await part.append(chunk)
    if (part.bytes > context.maxBytes) {
      await part.discard()
      throw assetError('asset/mismatch', context, { reason: `it is larger than ${context.maxBytes} bytes` })
    }
    reportProgress(part, context)
  }
}

function reportProgress({ bytes, totalBytes }: PartFile, { asset, onProgress }: DownloadContext): void {
  const progress = { asset, receivedBytes: bytes, ...(totalBytes === undefined ? {} : { totalBytes }) }
  void notify(onProgress, progress, 'onProgress')
}

/** Why the file could not be written, where that is what failed. */
function diskReason(error: unknown): string | undefined {
  const code = isError(error) && 'code' in error ? String(error.code) : ''
  return diskReasons[code]
}

const diskReasons: Readonly<Record<string, string>> = {
  ENOSPC: 'there is no space left where it is saved',
  EDQUOT: 'the quota of the disk where it is saved is used up',
  EROFS: 'the disk where it is saved is read-only'
}

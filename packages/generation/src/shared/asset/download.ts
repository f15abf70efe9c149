import { type Clock, isBursarError, type RandomBytes } from '@bursar/core'
import { retryDelayMs } from '../job/pacing.js'
import type { FetchLike } from '../service/operation.js'
import { retryAfterSeconds } from '../service/retry-after.js'
import { type AssetPlace, assetError } from './asset-error.js'
import { fetchAsset } from './fetch-asset.js'
import type { PartFile } from './part-file.js'
import type { DownloadProgress } from './save-options.js'

/** What a download is made with. */
export interface DownloadContext extends AssetPlace {
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

/** A try that failed and may be made again. */
class BrokenOff {
  readonly reason: string
  readonly cause: unknown
  readonly retryAfterSeconds: number | undefined

  constructor(reason: string, cause?: unknown, retryAfter?: number) {
    this.reason = reason
    this.cause = cause
    this.retryAfterSeconds = retryAfter
  }
}

/**
 * Fills a part file to the end, taking it up where it broke off.
 *
 * @throws {BursarError} `asset/expired`, `asset/unavailable`, `asset/mismatch`, `asset/insecure`
 */
export async function download(part: PartFile, context: DownloadContext): Promise<void> {
  const { clock, random, signal, retries } = context
  // An earlier process may have ended between the last byte and the name.
  if (part.bytes > 0 && part.bytes === part.totalBytes) return
  for (let failures = 1; ; failures++) {
    signal?.throwIfAborted()
    const broken = await attempt(part, context)
    if (!broken) return
    if (failures > retries) throw assetError('asset/unavailable', context, broken.reason, broken.cause)
    await clock.sleep(retryDelayMs(failures, broken.retryAfterSeconds, random), signal)
  }
}

async function attempt(part: PartFile, context: DownloadContext): Promise<BrokenOff | undefined> {
  const stall = new StallTimer(context.stallMs)
  const signal = context.signal ? AbortSignal.any([context.signal, stall.signal]) : stall.signal
  try {
    const headers = { 'accept-encoding': 'identity', ...part.headers }
    const response = await fetchAsset({ ...context, headers, signal })
    const refused = await judgeStatus(response, part, context)
    if (refused) return refused === 'complete' ? undefined : refused
    for await (const chunk of chunksOf(response)) {
      stall.restart()
      await part.append(chunk)
      if (part.bytes > context.maxBytes) {
        await part.discard()
        throw assetError('asset/mismatch', context, `it is larger than ${context.maxBytes} bytes`)
      }
      report(part, context)
    }
    return judgeEnd(part)
  } catch (error) {
    if (context.signal?.aborted || isBursarError(error)) throw error
    return new BrokenOff(stall.signal.aborted ? 'no byte came for too long' : 'the download broke off', error)
  } finally {
    stall.stop()
  }
}

/** Readies the part file for what is about to come. */
async function judgeStatus(
  response: Response,
  part: PartFile,
  context: DownloadContext
): Promise<BrokenOff | 'complete' | undefined> {
  const { status, headers } = response
  if (status === 200) return beginAnew(headers, part)
  const [, start, total] = contentRange.exec(headers.get('content-range') ?? '') ?? []
  if (status === 206 && start === String(part.bytes) && sameTotal(part, total)) return undefined
  await response.body?.cancel()
  if (status !== 206 && status !== 416) return judgeRefusal(response, context)
  if (status === 416 && total === String(part.bytes) && sameTotal(part, total)) return 'complete'
  await part.restart({})
  return new BrokenOff('the rest that the server offers is not of the same file')
}

/** @see RFC 9110, section 14.4 */
const contentRange = /^bytes (?:(\d+)-\d+|\*)\/(\d+|\*)$/

async function beginAnew(headers: Headers, part: PartFile): Promise<undefined> {
  const etag = headers.get('etag')
  const totalBytes = lengthOf(headers.get('content-length'))
  // Weak validators do not stand for the same bytes.
  await part.restart({
    ...(etag === null || etag.startsWith('W/') ? {} : { etag }),
    ...(totalBytes === undefined ? {} : { totalBytes })
  })
}

/** Katana 143 leaves open what an expired asset answers. */
function judgeRefusal({ status, headers }: Response, context: DownloadContext): BrokenOff {
  const nowMs = context.clock.nowMs()
  const isOver = nowMs >= (context.asset.expiresAtMs ?? Number.POSITIVE_INFINITY)
  if (status === 410 || (isOver && (status === 403 || status === 404)))
    throw assetError('asset/expired', context, `it has expired (${status})`)
  if (status !== 408 && status !== 429 && status < 500)
    throw assetError('asset/unavailable', context, `the server answered ${status}`)
  return new BrokenOff(`the server answered ${status}`, undefined, retryAfterSeconds(headers, nowMs))
}

function sameTotal(part: PartFile, total: string | undefined): boolean {
  return part.totalBytes === undefined || total === String(part.totalBytes)
}

function judgeEnd(part: PartFile): BrokenOff | undefined {
  const { bytes, totalBytes } = part
  return totalBytes === undefined || bytes === totalBytes
    ? undefined
    : new BrokenOff('the download ended too early')
}

function report({ bytes, totalBytes }: PartFile, { asset, onProgress }: DownloadContext): void {
  onProgress?.({ asset, receivedBytes: bytes, ...(totalBytes === undefined ? {} : { totalBytes }) })
}

function lengthOf(text: string | null): number | undefined {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : undefined
}

async function* chunksOf(response: Response): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = response.body?.getReader()
  for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) yield read.value
}

/** Aborts when nothing happens for a while. */
class StallTimer {
  readonly #controller = new AbortController()
  readonly #ms: number
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(ms: number) {
    this.#ms = ms
    this.restart()
  }

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  restart(): void {
    this.stop()
    this.#timer = setTimeout(() => this.#controller.abort(), this.#ms)
  }

  stop(): void {
    clearTimeout(this.#timer)
  }
}

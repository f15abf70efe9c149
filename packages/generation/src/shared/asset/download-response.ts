import { type Clock, discardBody } from '@bursar/core'
import { retryAfterSeconds } from '../service/retry-after.js'
import { assetError, type JobAsset } from './asset-error.js'
import type { PartFile } from './part-file.js'

/** A download that was interrupted, and may be tried again. */
export class DownloadInterruption {
  readonly reason: string
  readonly cause: unknown
  readonly retryAfterSeconds: number | undefined

  constructor(reason: string, cause?: unknown, retryAfter?: number) {
    this.reason = reason
    this.cause = cause
    this.retryAfterSeconds = retryAfter
  }
}

/** What an answer to a download is checked against. */
export interface DownloadTarget extends JobAsset {
  readonly clock: Clock
}

/**
 * Readies the part file for the body of an answer. A body that the disk takes none of would hold its connection: it is let go.
 *
 * @returns `complete` when there is nothing left to come.
 * @throws {BursarError} `asset/expired`, `asset/unavailable`
 */
export async function preparePart(
  response: Response,
  part: PartFile,
  target: DownloadTarget
): Promise<DownloadInterruption | 'complete' | undefined> {
  try {
    return await prepare(response, part, target)
  } catch (error) {
    discardBody(response)
    throw error
  }
}

async function prepare(
  response: Response,
  part: PartFile,
  target: DownloadTarget
): Promise<DownloadInterruption | 'complete' | undefined> {
  const { status, headers } = response
  if (status === 200) return restart(headers, part)
  const [, start, total] = contentRange.exec(headers.get('content-range') ?? '') ?? []
  if (status === 206 && start === String(part.bytes) && hasTotal(part, total)) return undefined
  discardBody(response)
  if (status !== 206 && status !== 416) return interruptionOf(response, target)
  if (status === 416 && total === String(part.bytes) && hasTotal(part, total)) return 'complete'
  await part.restart({})
  return new DownloadInterruption('the rest that the server offers is not of the same file')
}

/** @see RFC 9110, section 14.4 */
const contentRange = /^bytes (?:(\d+)-\d+|\*)\/(\d+|\*)$/

async function restart(headers: Headers, part: PartFile): Promise<undefined> {
  const etag = headers.get('etag')
  const totalBytes = parseLength(headers.get('content-length'))
  // Weak validators do not guarantee the same bytes.
  await part.restart({
    ...(etag === null || etag.startsWith('W/') ? {} : { etag }),
    ...(totalBytes === undefined ? {} : { totalBytes })
  })
}

/** Katana 143 leaves open what an expired asset is answered with. */
function interruptionOf({ status, headers }: Response, target: DownloadTarget): DownloadInterruption {
  const nowMs = target.clock.nowMs()
  const isExpired = nowMs >= (target.asset.expiresAtMs ?? Number.POSITIVE_INFINITY)
  if (status === 410 || (isExpired && (status === 403 || status === 404)))
    throw assetError('asset/expired', target, { reason: `it has expired (${status})` })
  if (status !== 408 && status !== 429 && status < 500)
    throw assetError('asset/unavailable', target, { reason: `the server answered ${status}` })
  const waitSeconds = retryAfterSeconds(headers, nowMs)
  return new DownloadInterruption(`the server answered ${status}`, undefined, waitSeconds)
}

function hasTotal(part: PartFile, total: string | undefined): boolean {
  return part.totalBytes === undefined || total === String(part.totalBytes)
}

function parseLength(text: string | null): number | undefined {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : undefined
}

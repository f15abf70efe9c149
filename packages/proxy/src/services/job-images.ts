import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isBursarError, isError } from '@bursar/core'
import type { DownloadProgress, Job } from '@bursar/generation/katana'
import { HttpProblem } from '@bursar/local-server'
import type { GeneratedImage } from './proxy-service.js'

/** Bytes of all images of one job together, which are held in memory. How many there are is the service's choice. */
const MAX_BYTES = 128 * 1024 * 1024
const TOO_MUCH = `its images are larger than ${MAX_BYTES} bytes together`
const DOWNLOAD_TIMEOUT_MS = 300_000

/**
 * Waits for a job that is paid for.
 *
 * @param given ends the downloads, as it ends the waiting.
 *
 * @throws {HttpProblem} 502 that names the job, so that its images can be had all the same.
 */
export async function imagesOfJob(job: Job, given: AbortSignal): Promise<readonly GeneratedImage[]> {
  const { assets } = await job.result().catch((error: unknown) => {
    throw imageFailed(job, error)
  })
  let downloaded: Promise<readonly Uint8Array[]> | undefined
  const downloadOnce = (): Promise<readonly Uint8Array[]> => {
    downloaded ??= download(job, given).catch((error: unknown) => {
      throw imageFailed(job, error)
    })
    return downloaded
  }
  return assets.map(({ url = '' }, index) => ({
    url,
    bytes: async () => (await downloadOnce())[index] ?? new Uint8Array()
  }))
}

async function download(job: Job, given: AbortSignal): Promise<readonly Uint8Array[]> {
  const folder = await mkdtemp(join(tmpdir(), 'bursar-image-'))
  const tooMuch = new AbortController()
  const received = new Map<unknown, number>()
  const onProgress = ({ asset, receivedBytes }: DownloadProgress): void => {
    received.set(asset, receivedBytes)
    if (sumOf(received.values()) > MAX_BYTES) tooMuch.abort(new Error(TOO_MUCH))
  }
  try {
    const signal = AbortSignal.any([given, tooMuch.signal, AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS)])
    const saved = await job.save(folder, { maxBytes: MAX_BYTES, signal, onProgress })
    signal.throwIfAborted()
    return await Promise.all(saved.map(({ path }) => readFile(path)))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function sumOf(numbers: Iterable<number>): number {
  return Array.from(numbers).reduce((sum, each) => sum + each, 0)
}

function imageFailed({ requestId }: Job, error: unknown): HttpProblem {
  const reason = isError(error) ? error.message : 'it failed'
  const madeNothing = isBursarError(error, 'job/failed') || isBursarError(error, 'job/rejected')
  const rest = madeNothing ? '' : ` bursar jobs resume ${requestId} saves what it made`
  const message = `Job ${requestId} is paid for, but ${reason.replace(/\.$/, '')}.${rest}`
  return new HttpProblem({ status: 502, code: 'image_failed', message, moneyState: 'settled' })
}

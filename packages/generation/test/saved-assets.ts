import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished } from 'vitest'
import { createKatanaClient } from '../src/katana/create-katana-client.js'
import type { Job } from '../src/shared/job/job.js'
import { mp4, png } from './samples.js'
import { type Arrival, answer, completed, envelope, quickClock, REQUEST_ID, serve, still } from './service.js'

/** What a service has made: an image of 64 pixels each way. */
export const image = Buffer.from(png(64, 64))

/** What a service has made: a video of 300 kB. */
export const video = Buffer.from(mp4(300_000))

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** How the host of the assets answers one request. */
export type ServeAsset = (arrival: Arrival, response: ServerResponse, index: number) => void

/** A folder that is gone after the test. */
export async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'bursar-save-'))
  onTestFinished(() => rm(path, { recursive: true, force: true }))
  return path
}

/** A service with one finished job, and a host for its assets. */
export async function openFinishedJob(serveAsset: ServeAsset, asset: object = {}) {
  let fetched = 0
  const assets = await serve((arrival, response) => serveAsset(arrival, response, fetched++))
  const { url } = await serve((_, response) =>
    answer(response, envelope('completed', [completed(assets.url, asset)]))
  )
  const clock = quickClock()
  const katana = createKatanaClient({ baseUrl: url, clock, random: still, apiKey: 'key:hush' })
  const job = (): Job => katana.jobs.resume(REQUEST_ID)
  return { job, clock, arrivals: assets.arrivals, assets, katana, directory: await folder() }
}

/** Serves the image at once. */
export const whole: ServeAsset = (_, response) =>
  void response.writeHead(200, { 'content-type': 'image/png' }).end(image)

/** The fields by which Katana calls the asset a video. */
export const asVideo = { kind: 'video', mime_type: 'video/mp4' }

/** The file that the image is saved in. */
export const imageFile = `${REQUEST_ID}-0-0.png`

/** Serves a video with ranges, and breaks off after so many bytes, as often as the test says. */
export function inPieces(
  breaks: number,
  { etag = '"one"', bytes = video, reached = async () => undefined }: Pieces = {}
): ServeAsset {
  return ({ headers }, response, index) => {
    const start = Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] ?? 0)
    const isSame = headers['if-range'] === undefined || headers['if-range'] === etag
    const from = isSame ? start : 0
    const body = bytes.subarray(from)
    const range = from > 0 ? { 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` } : {}
    response.writeHead(from > 0 ? 206 : 200, { etag, 'content-length': body.length, ...range })
    if (index >= breaks) return void response.end(body)
    response.write(body.subarray(0, 100_000), () => {
      void reached(from + 100_000).then(() => response.destroy())
    })
  }
}

/** What is served in pieces, and how it is known that a piece has arrived. */
export interface Pieces {
  readonly etag?: string
  readonly bytes?: Buffer
  readonly reached?: (bytes: number) => Promise<unknown>
}

/** Says when so many bytes were saved: a connection that is destroyed sooner drops what is still on its way. */
export function watchedProgress() {
  let received = 0
  return {
    onProgress: ({ receivedBytes }: { readonly receivedBytes: number }): void => {
      received = receivedBytes
    },
    reached: async (bytes: number): Promise<unknown> =>
      expect.poll(() => received).toBeGreaterThanOrEqual(bytes)
  }
}

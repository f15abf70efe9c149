import type { Job } from '../shared/job/job.js'
import type { Asset, JobState } from '../shared/job/job-state.js'
import type { RelayCall } from './relay.js'
import type { ImageShape, PictureSource } from './service.js'
import { type Named, posting, type RelaySession, shapeFor } from './session.js'
import { watchTask } from './tasks.js'

/**
 * Has pictures made or changed, which come with the answer: a job that is done when it begins.
 *
 * @throws {BursarError} `request/invalid`, `price/unknown`, `offer/*`, `service/*`, `ledger/*`
 */
export async function makePictures<Item extends Named>(
  session: RelaySession,
  name: string,
  shapes: readonly ImageShape<Item>[],
  item: Item,
  call: RelayCall
): Promise<Job> {
  const { connection, clock, random, service } = session
  const shape = shapeFor(session, shapes, item)
  const operation = posting(session, name, shape.request(item), call)
  const { answer, response } = await connection.readEither(operation)
  const sources = shape.read(answer)
  if (sources.length === 0) throw connection.malformed(operation, response, 'there is no picture in it')
  const expiresAtMs = clock.nowMs() + service.assetLifeMs
  const assets = sources.map((source, index) => assetOf(source, index, expiresAtMs))
  const state: JobState = {
    // The service names none: this one names the files.
    requestId: `img-${hexOf(random(8))}`,
    status: 'completed',
    isDone: true,
    items: [{ index: 0, status: 'completed', assets }]
  }
  return watchTask(session, state, { moneyState: 'settled' })
}

function assetOf({ url, mimeType }: PictureSource, index: number, expiresAtMs: number): Asset {
  return {
    item: 0,
    index,
    kind: 'image',
    url,
    ...(mimeType === undefined ? {} : { mimeType }),
    ...(url.startsWith('data:') ? {} : { expiresAtMs }),
    tags: []
  }
}

function hexOf(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

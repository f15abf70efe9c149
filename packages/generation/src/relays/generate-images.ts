import { checkOptions } from '@bursar/core'
import type { Job } from '../shared/job/job.js'
import type { Asset, JobState } from '../shared/job/job-state.js'
import type { ImageFamily, ImageSource, ModelItem } from './model-family.js'
import { familyOf, planRequest } from './plan-request.js'
import { pollTask } from './poll-task.js'
import { callChecks, type RelayCall } from './relay-options.js'
import type { RelaySession } from './relay-session.js'

/** Images to be made or edited. */
export interface ImageOrder<Item> {
  /** Such as `images.generate`. */
  readonly name: string
  readonly families: readonly ImageFamily<Item>[]
  readonly item: Item
  readonly call?: RelayCall | undefined
}

/**
 * Has images made or edited, which come with the answer: a job that is done from the start.
 *
 * @throws {BursarError} `request/invalid`, `price/unknown`, `offer/*`, `service/*`, `ledger/*`
 */
export async function generateImages<Item extends ModelItem>(
  session: RelaySession,
  { name, families, item, call = {} }: ImageOrder<Item>
): Promise<Job> {
  checkOptions(call, callChecks)
  const { connection, clock, random, service } = session
  const family = familyOf(session, families, item)
  const answer = await connection.readEither(planRequest(session, { ...family.request(item), name }, call))
  const sources = family.readImages(answer.body)
  if (sources.length === 0) throw connection.malformed(answer, 'there is no image in it')
  const expiresAtMs = clock.nowMs() + service.assetLifeMs
  const assets = sources.map((source, index) => assetOf(source, index, expiresAtMs))
  const state: JobState = {
    // The service gives no id: this one names the files.
    requestId: `img-${hexOf(random(8))}`,
    status: 'completed',
    isDone: true,
    items: [{ index: 0, status: 'completed', assets }],
    raw: answer.body
  }
  return pollTask(session, state, {})
}

function assetOf({ url, mimeType }: ImageSource, index: number, expiresAtMs: number): Asset {
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

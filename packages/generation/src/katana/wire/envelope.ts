import type { ItemFailure, JsonObject } from '@bursar/core'
import type { Asset, JobItem, JobState } from '../../shared/job/job-state.js'
import { defined, numberAt, objectAt, objectsAt, textAt, timeAt, urlAt } from '../../shared/service/fields.js'

const MAX_ITEMS = 1000
const MAX_ASSETS = 100
const MAX_TAGS = 200

/** What a request id looks like, which goes into URLs and file names. Katana's sample is a UUID. */
const requestIdShape = /^[\w-]{1,128}$/

/** Katana 134. A submission can also end as `rejected` (Katana 104). */
const terminal: ReadonlySet<string> = new Set(['completed', 'partial_failure', 'failed', 'rejected'])

/** Whether text is a request id: it goes into URLs and file names. */
export function isRequestId(text: unknown): text is string {
  return typeof text === 'string' && requestIdShape.test(text)
}

/** Statuses of a job that was never begun or made nothing, which may come without a request id. */
const fruitless: ReadonlySet<string> = new Set(['failed', 'rejected'])

/**
 * Reads what `POST` and `GET /v1/generation-requests` answer. Whatever is missing is left out: a job that was paid for
 * is not lost over a field.
 *
 * @returns `undefined` when there is no request id to ask for, and something to ask about.
 */
export function readEnvelope(body: JsonObject): JobState | undefined {
  const items = objectsAt(body, 'responses', MAX_ITEMS).map(readItem)
  const isRejected = items.length > 0 && items.every((item) => item.status === 'rejected')
  const status = isRejected ? 'rejected' : (textAt(body, 'status', 40)?.toLowerCase() ?? 'unknown')
  const isFruitless = fruitless.has(status)
  if (!isRequestId(body.request_id) && !isFruitless) return undefined
  return {
    requestId: isRequestId(body.request_id) ? body.request_id : '',
    status,
    isDone: terminal.has(status),
    items: items.length === 0 && isFruitless ? [readItem(body, 0)] : items,
    ...defined({
      creditsSpent: textAt(objectAt(body, 'metadata'), 'credits_spent', 40),
      pollAfterSeconds: numberAt(body, 'poll_after_seconds')
    })
  }
}

function readItem(response: JsonObject, index: number): JobItem {
  const status = textAt(response, 'status', 40)?.toLowerCase() ?? 'unknown'
  const metadata = objectAt(response, 'metadata')
  return {
    index,
    status,
    assets: objectsAt(response, 'output_assets', MAX_ASSETS).map((asset, at) => readAsset(asset, index, at)),
    ...defined({
      failure: readFailure(response, index, status),
      modelKey: textAt(metadata, 'model', 80),
      creditsSpent: textAt(metadata, 'credits_spent', 40),
      startedAtMs: timeAt(response, 'started_at'),
      completedAtMs: timeAt(response, 'completed_at')
    })
  }
}

function readFailure(response: JsonObject, item: number, status: string): ItemFailure | undefined {
  const error = objectAt(response, 'error')
  const failed = status === 'failed' || status === 'rejected'
  if (!failed && Object.keys(error).length === 0) return undefined
  return {
    item,
    status,
    ...defined({
      serviceCode: textAt(error, 'code', 64),
      reason: textAt(error, 'message') ?? textAt(response, 'error'),
      retryable: typeof error.retryable === 'boolean' ? error.retryable : undefined
    })
  }
}

/** Katana 138 to 141 and 143. Blank URLs mean that there is nothing. */
function readAsset(asset: JsonObject, item: number, index: number): Asset {
  return {
    item,
    index,
    kind: textAt(asset, 'kind', 40) ?? 'unknown',
    ...defined({
      mimeType: textAt(asset, 'mime_type', 80)?.toLowerCase(),
      url: urlAt(asset, 'original_data_url') ?? urlAt(asset, 'url'),
      thumbnailUrl: urlAt(asset, 'thumbnail_image_url'),
      previewUrl: urlAt(asset, 'thumbnail_silent_video_mp4_url'),
      finalFrameUrl: urlAt(asset, 'final_frame_image_url'),
      width: numberAt(asset, 'width'),
      height: numberAt(asset, 'height'),
      durationSeconds: numberAt(asset, 'duration_seconds'),
      expiresAtMs: timeAt(asset, 'expires_at')
    }),
    tags: objectsAt(objectAt(asset, 'metadata'), 'tags', MAX_TAGS).flatMap((entry) => {
      const tag = textAt(entry, 'tag', 80)
      return tag === undefined ? [] : [{ tag, ...defined({ confidence: numberAt(entry, 'confidence') }) }]
    })
  }
}

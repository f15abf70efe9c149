import { isJsonObject, type JsonObject } from '@bursar/core'
import { type JobState, katanaCatalogue } from '@bursar/generation/katana'
import type { VideoState } from '@bursar/translation'

/** The state of a job of one video, as far as Katana reports it. */
export function videoStateOf(state: JobState): VideoState {
  const { requestId: id, createdAtMs, isDone, items } = state
  const [item] = items
  const [asset] = item?.assets ?? []
  const request = requestIn(state.raw)
  const { prompt, duration_seconds: requested } = request
  const seconds = asset?.durationSeconds ?? requested
  return {
    id,
    status: statusOf(state),
    model: publicName(item?.modelKey ?? request.model),
    createdAtMs,
    prompt: typeof prompt === 'string' ? prompt : undefined,
    seconds: typeof seconds === 'number' ? String(Math.round(seconds)) : '',
    size: asset?.width === undefined ? '' : `${asset.width}x${asset.height}`,
    completedAtMs: isDone ? (item?.completedAtMs ?? state.updatedAtMs) : undefined,
    expiresAtMs: asset?.expiresAtMs,
    failure: failureOf(state)
  }
}

function statusOf({ status, isDone, items }: JobState): VideoState['status'] {
  if (isDone) return items.some(({ assets }) => assets.length > 0) ? 'completed' : 'failed'
  return status === 'queued' || status === 'pending' ? 'queued' : 'in_progress'
}

function failureOf({ items: [item] }: JobState): VideoState['failure'] {
  const { failure } = item ?? {}
  if (!failure) return undefined
  return { code: failure.serviceCode ?? failure.status, message: failure.reason ?? 'No reason was given' }
}

/** Katana repeats what was asked for. */
function requestIn(raw: JsonObject | undefined): JsonObject {
  const [request] = Array.isArray(raw?.requests) ? raw.requests : []
  return isJsonObject(request) ? request : {}
}

/** Answers carry the internal key of a model. */
function publicName(key: unknown): string {
  const text = typeof key === 'string' ? key : ''
  return katanaCatalogue.videos.find((model) => model.key === text)?.name ?? text
}

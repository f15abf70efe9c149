import { isJsonObject, type JsonObject } from '@bursar/core'
import type { VideoState } from '../openai/video-body.js'

/** A job of Katana's, as far as a video is described by it. */
export interface KatanaVideoJob {
  readonly requestId: string
  readonly status: string
  readonly isDone: boolean
  readonly items: readonly KatanaVideoItem[]
  /** Unix milliseconds. */
  readonly createdAtMs?: number
  readonly updatedAtMs?: number
  /** Katana's answer as it came. */
  readonly raw?: JsonObject
}

interface KatanaVideoItem {
  readonly assets: readonly KatanaVideoAsset[]
  readonly failure?: { readonly status: string; readonly serviceCode?: string; readonly reason?: string }
  readonly modelKey?: string
  readonly completedAtMs?: number
}

interface KatanaVideoAsset {
  readonly width?: number
  readonly height?: number
  readonly durationSeconds?: number
  readonly expiresAtMs?: number
}

/** A model by the key that Katana's answers carry. */
export interface KeyedModel {
  readonly name: string
  readonly key: string
}

/** The state of a job of one video, as far as Katana reports it. @param models of the catalogue */
export function katanaVideoState(state: KatanaVideoJob, models: readonly KeyedModel[]): VideoState {
  const { requestId: id, createdAtMs, isDone, items } = state
  const [item] = items
  const [asset] = item?.assets ?? []
  const request = requestIn(state.raw)
  const { prompt, duration_seconds: requested } = request
  const seconds = asset?.durationSeconds ?? requested
  return {
    id,
    status: statusOf(state),
    model: publicName(item?.modelKey ?? request.model, models),
    createdAtMs,
    prompt: typeof prompt === 'string' ? prompt : undefined,
    seconds: typeof seconds === 'number' ? String(Math.round(seconds)) : '',
    size: asset?.width === undefined ? '' : `${asset.width}x${asset.height}`,
    completedAtMs: isDone ? (item?.completedAtMs ?? state.updatedAtMs) : undefined,
    expiresAtMs: asset?.expiresAtMs,
    failure: failureOf(state)
  }
}

function statusOf({ status, isDone, items }: KatanaVideoJob): VideoState['status'] {
  if (isDone) return items.some(({ assets }) => assets.length > 0) ? 'completed' : 'failed'
  return status === 'queued' || status === 'pending' ? 'queued' : 'in_progress'
}

function failureOf({ items: [item] }: KatanaVideoJob): VideoState['failure'] {
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
function publicName(key: unknown, models: readonly KeyedModel[]): string {
  const text = typeof key === 'string' ? key : ''
  return models.find((model) => model.key === text)?.name ?? text
}

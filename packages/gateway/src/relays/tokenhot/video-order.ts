import { isJsonObject, type JsonObject } from '@bursar/core'
import { textOf } from '../../texts/reply.js'

/** A video to be made. */
export interface VideoOrder {
  readonly prompt: string
  readonly seconds: number
}

/** Reads a request for a video of HappyHorse. A text says why it is rejected. */
export function readHappyHorse(model: string, { input, parameters }: JsonObject): VideoOrder | string {
  const { prompt = '', media = [] } = isJsonObject(input) ? input : {}
  const { resolution = '720P', duration = 5 } = isJsonObject(parameters) ? parameters : {}
  if (typeof prompt !== 'string' || prompt === '') return 'prompt is required'
  if (resolution !== '720P' && resolution !== '1080P') return 'resolution is 720P or 1080P'
  if (!Number.isInteger(duration) || Number(duration) < 3 || Number(duration) > 15)
    return 'duration is 3 to 15'
  const kinds = Array.isArray(media) ? media.map((each) => (isJsonObject(each) ? each.type : undefined)) : []
  return mediaFits(model, kinds) ? { prompt, seconds: Number(duration) } : 'media does not fit the model'
}

function mediaFits(model: string, kinds: readonly unknown[]): boolean {
  const first = kinds.filter((kind) => kind === 'first_frame').length
  const references = kinds.filter((kind) => kind === 'reference_image').length
  if (model.endsWith('i2v')) return first === 1 && references === 0
  if (model.endsWith('r2v')) return first === 0 && references >= 1 && references <= 9
  return kinds.length === 0
}

/** Reads a request for a video of Seedance (Tokenhot 52). A text says why it is rejected. */
export function readSeedance(model: string, body: JsonObject): VideoOrder | string {
  const { content, duration = 5, resolution = '720p' } = body
  const parts = Array.isArray(content) ? content.filter(isJsonObject) : []
  const prompt = textOf(parts.filter(({ type }) => type === 'text'))
  const roles = parts.flatMap(({ role }) => (typeof role === 'string' ? [role] : []))
  const hasFrame = roles.includes('first_frame') || roles.includes('last_frame')
  if (prompt === '') return 'prompt is required'
  if (hasFrame && roles.includes('reference_image')) return 'frames and references exclude each other'
  if (!Number.isInteger(duration) || Number(duration) < 4 || Number(duration) > 15)
    return 'duration is 4 to 15'
  const resolutions = model.includes('-fast') ? ['480p', '720p'] : ['480p', '720p', '1080p']
  return resolutions.includes(String(resolution))
    ? { prompt, seconds: Number(duration) }
    : 'resolution is not allowed'
}

/** Reads a request that no page documents: a prompt is all that is asked for. A text says why it is rejected. */
export function readUndocumented({ prompt, duration = 5 }: JsonObject): VideoOrder | string {
  if (typeof prompt !== 'string' || prompt === '') return 'prompt is required'
  return { prompt, seconds: Math.min(Math.max(1, Math.round(Number(duration)) || 5), 15) }
}

import { isJsonObject, type JsonObject } from '@bursar/core'
import { HttpError } from '../../server/response.js'
import type { CreditUnits } from '../catalogue/credits.js'
import type { KatanaSettings } from '../options.js'
import { type ImageSpec, type ItemRejection, readImageItem } from './image-item.js'
import { readVideoItem, type VideoSpec } from './video-item.js'

/** More items than anyone sends; Katana states no bound. */
const MAX_ITEMS = 100

/** What to make. */
export type MediaSpec = ImageSpec | VideoSpec

/** One item of a request, taken or rejected. */
export type GenerationItem =
  | { readonly asked: JsonObject; readonly spec: MediaSpec }
  | { readonly asked: JsonObject; readonly rejection: ItemRejection }

/**
 * Reads the body of `POST /v1/generation-requests`.
 *
 * Each item stands for itself (Katana 105): one that is rejected neither costs nor stops the others.
 *
 * @throws {HttpError} 400 when `requests` is missing, empty, too long, or holds something else than items.
 */
export function readGenerationRequest(
  body: JsonObject,
  { modelKeysAllowed, rulesOff }: Pick<KatanaSettings, 'modelKeysAllowed' | 'rulesOff'>
): readonly GenerationItem[] {
  const { requests } = body
  if (!Array.isArray(requests) || requests.length === 0 || requests.length > MAX_ITEMS) {
    throw new HttpError(400, 'invalid_request', `"requests" must be a list of 1 to ${MAX_ITEMS} items.`)
  }
  return requests.map((asked: unknown) => {
    if (!isJsonObject(asked) || (asked.type !== 'image' && asked.type !== 'video')) {
      throw new HttpError(400, 'invalid_request', 'Each item must be an object of type "image" or "video".')
    }
    const read =
      asked.type === 'video'
        ? readVideoItem(asked, modelKeysAllowed, rulesOff)
        : readImageItem(asked, modelKeysAllowed)
    return 'code' in read ? { asked, rejection: read } : { asked, spec: read }
  })
}

/** Katana 106: credits of several items add up; 103: rejected ones cost nothing. */
export function totalCredits(items: readonly GenerationItem[]): CreditUnits {
  return items.reduce((sum, item) => ('spec' in item ? sum + item.spec.credits : sum), 0n)
}

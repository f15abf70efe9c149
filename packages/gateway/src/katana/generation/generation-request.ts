import { isJsonObject, type JsonObject } from '@bursar/core'
import { HttpError } from '../../server/response.js'
import type { CreditUnits } from '../catalogue/credits.js'
import type { KatanaSettings } from '../options.js'
import { type ImageSpec, readImageItem } from './image-item.js'
import type { ItemRejection } from './item-rejection.js'
import { readVideoItem, type VideoSpec } from './video-item.js'

/** More items than any client sends; Katana states no bound. */
const MAX_ITEMS = 100

/** An image or a video to be made. */
export type MediaSpec = ImageSpec | VideoSpec

/** One item of a request, accepted or rejected. */
export type GenerationItem =
  | { readonly input: JsonObject; readonly spec: MediaSpec }
  | { readonly input: JsonObject; readonly rejection: ItemRejection }

/**
 * Reads the body of `POST /v1/generation-requests`.
 *
 * Each item is read by itself: a rejected one costs nothing and does not stop the others (Katana 105).
 *
 * @throws {HttpError} 400 when `requests` is missing, empty, too long, or contains anything but items.
 */
export function readGenerationRequest(
  { requests }: JsonObject,
  settings: Pick<KatanaSettings, 'modelKeysAllowed' | 'rulesOff'>
): readonly GenerationItem[] {
  if (!Array.isArray(requests) || requests.length === 0 || requests.length > MAX_ITEMS)
    throw new HttpError(400, 'invalid_request', `"requests" must be a list of 1 to ${MAX_ITEMS} items.`)
  return requests.map((input: unknown) => {
    if (!isJsonObject(input) || (input.type !== 'image' && input.type !== 'video'))
      throw new HttpError(400, 'invalid_request', 'Each item must be an object of type "image" or "video".')
    const read =
      input.type === 'video'
        ? readVideoItem(input, settings)
        : readImageItem(input, settings.modelKeysAllowed)
    return 'code' in read ? { input, rejection: read } : { input, spec: read }
  })
}

/** The credits of all items together (Katana 106). Rejected items cost nothing (Katana 103). */
export function totalCredits(items: readonly GenerationItem[]): CreditUnits {
  return items.reduce((sum, item) => ('spec' in item ? sum + item.spec.credits : sum), 0n)
}

import { invalidRequest, listOf, shown } from '../../shared/checks/invalid-request.js'
import type { Catalogue, ImageModel, VideoModel } from '../catalogue/model.js'
import type { ResolvedImageItem, ResolvedItem, ResolvedVideoItem } from '../resolved-item.js'
import { imageRules } from './image-rules.js'
import { videoRules } from './video-rules.js'
import type { Violation } from './violation.js'

/** More than anyone sends at once; Katana states no bound. */
const MAX_ITEMS = 100

/**
 * Checks an item against its model: everything that Katana would reject, as far as it can be known without a request.
 * Pure: nothing is fetched.
 */
export function checkItem(item: ResolvedImageItem, model: ImageModel): readonly Violation[]
export function checkItem(item: ResolvedVideoItem, model: VideoModel): readonly Violation[]
export function checkItem(item: ResolvedItem, model: ImageModel | VideoModel): readonly Violation[] {
  if (item.type === 'image' && model.type === 'image') return imageRules.flatMap((rule) => rule(item, model))
  if (item.type === 'video' && model.type === 'video') return videoRules.flatMap((rule) => rule(item, model))
  throw new TypeError(`An ${item.type} item is not for a model of ${model.type}s`)
}

/**
 * Checks what goes into one request.
 *
 * @throws {BursarError} `request/invalid` naming each field, the rule, and what would be allowed.
 */
export function checkItems(items: readonly ResolvedItem[], catalogue: Catalogue): void {
  const violations =
    items.length >= 1 && items.length <= MAX_ITEMS
      ? items.flatMap((item, index) =>
          checkOne(item, catalogue).map((violation) => ({ item: index, ...violation }))
        )
      : [batchSize(items.length)]
  if (violations.length > 0) throw invalidRequest(violations)
}

function checkOne(item: ResolvedItem, catalogue: Catalogue): readonly Violation[] {
  if (item.type === 'image') {
    const model = catalogue.images.find(({ name }) => name === item.model)
    return model ? checkItem(item, model) : [unknownModel(item.model, catalogue.images)]
  }
  const model = catalogue.videos.find(({ name }) => name === item.model)
  return model ? checkItem(item, model) : [unknownModel(item.model, catalogue.videos)]
}

/** Katana 95: the public name of the right kind. For an internal key the error gives the name. */
function unknownModel(given: string, models: readonly (ImageModel | VideoModel)[]): Violation {
  const meant = models.find(({ key, displayName }) => key === given || displayName === given)
  return {
    field: 'model',
    rule: 'model_unknown',
    message: `${shown(given)} is not in the catalogue`,
    allowed: meant ? meant.name : listOf(models.map(({ name }) => name))
  }
}

function batchSize(count: number): Violation {
  const message = `There are ${count} items`
  return { field: 'requests', rule: 'batch_size', message, allowed: `1 to ${MAX_ITEMS} items` }
}

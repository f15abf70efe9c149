import type { AtomicUsdc, JsonObject } from '@bursar/core'
import { assertNoOptions, type ImageRequest, invalidRequest, noEdits } from '@bursar/translation'
import type { Job } from '../shared/job/job.js'
import { encodeBase64 } from '../shared/media/base64.js'
import { mediaTypeOf } from '../shared/media/media-type.js'
import type { ModelItem } from './model-family.js'
import type { RelayCall } from './relay-options.js'

/** A relay, as far as images are made by it. It checks which fields the item's model has. */
export interface ImageRelay {
  readonly images: { generate(item: ModelItem, call?: RelayCall): Promise<Job> }
  estimate(item: ModelItem): Promise<AtomicUsdc>
}

/**
 * Has a relay make the images that OpenAI's API is asked for, of models that it makes in another way.
 *
 * @throws {InvalidRequest} that names what the model has no field for, before anything is sent.
 * @throws {BursarError} `request/invalid`, `price/unknown`, `offer/*`, `service/*`, `ledger/*`
 */
export async function generateRelayImages(
  relay: ImageRelay,
  request: ImageRequest,
  call: RelayCall
): Promise<Job> {
  const item = itemOf(request)
  await assertFields(relay, item, request.options)
  return relay.images.generate(item, call)
}

/** Models that read images where they make them. Others edit at a path of their own, or not at all. */
const editors = /^gemini-.*-image/

function itemOf({ model, prompt, count, size, options, images }: ImageRequest): ModelItem {
  if (images && !editors.test(model)) throw noEdits(model)
  const named = Object.entries(options).map(([name, value]) => [camelCase(name), value])
  return {
    ...Object.fromEntries(named),
    model,
    prompt,
    ...(count === 1 ? {} : { n: count }),
    ...(size === undefined ? {} : { size }),
    ...(images ? { images: images.map(dataUrl) } : {})
  }
}

function dataUrl(image: Uint8Array | string): string {
  if (typeof image === 'string') return image
  const { mimeType = 'image/png' } = mediaTypeOf(image) ?? {}
  return `data:${mimeType};base64,${encodeBase64(image)}`
}

function camelCase(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
}

/** @throws {InvalidRequest} */
async function assertFields(relay: ImageRelay, item: ModelItem, options: JsonObject): Promise<void> {
  try {
    await relay.estimate(item)
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    const name = Object.keys(options).find((each) => error.message.includes(camelCase(each)))
    if (name !== undefined) assertNoOptions({ [name]: true })
    throw invalidRequest(error.message, 'unsupported')
  }
}

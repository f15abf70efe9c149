import { aspectRatioOf } from '../openai/aspect-ratio.js'
import type { ImageRequest } from '../openai/image-request.js'
import { katanaImageOptions } from './image-options.js'

/**
 * An image of OpenAI's API as an item of Katana's.
 *
 * @throws {InvalidRequest} that names what Katana has no counterpart for.
 */
export function katanaImageItem({ prompt, size, options, images }: ImageRequest) {
  const isOfImages = images !== undefined && (size === undefined || size === 'auto')
  return {
    prompt,
    aspectRatio: isOfImages ? 'auto' : aspectRatioOf(size),
    ...katanaImageOptions(options),
    ...(images ? { images } : {})
  }
}

import { type OutputFormat, unlistedModel } from '@bursar/generation/katana'
import type { CommandContext } from '../context.js'
import { mediaIdentity, mediaOption } from '../options/media-option.js'
import { type GenerationVerbOptions, generate } from './generate.js'

/** The options of `image`. */
export interface ImageVerbOptions extends GenerationVerbOptions {
  /** Default: square, or that of the first image. */
  readonly aspectRatio?: string
  /** Files or URLs to edit or to refer to. */
  readonly image?: readonly string[]
  readonly negativePrompt?: string
  readonly outputFormat?: OutputFormat
  readonly fast?: boolean
  readonly uhd?: boolean
  readonly promptAssist?: boolean
}

/** Has Katana generate an image, and saves it. */
export async function image(
  context: CommandContext,
  prompt: string,
  options: ImageVerbOptions
): Promise<void> {
  const { model, image: images = [], negativePrompt, outputFormat } = options
  const item = {
    model: unlistedModel(model),
    prompt,
    aspectRatio: options.aspectRatio ?? (images.length > 0 ? 'auto' : '1:1'),
    ...(negativePrompt === undefined ? {} : { negativePrompt }),
    ...(outputFormat === undefined ? {} : { outputFormat }),
    ...(options.fast ? { isFast: true } : {}),
    ...(options.uhd ? { isUhd: true } : {}),
    ...(options.promptAssist ? { promptAssist: true } : {})
  }
  await generate(context, options, {
    verb: 'image',
    item: { ...item, images: images.map(mediaIdentity) },
    submit: (katana, call) => katana.images.generate({ ...item, images: images.map(mediaOption) }, call)
  })
}

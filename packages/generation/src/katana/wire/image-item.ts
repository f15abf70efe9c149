import { defined } from '../../shared/wire/defined.js'
import type { ResolvedImageItem } from '../resolved-item.js'

/** Writes an image item as Katana spells it. @see Katana's guide, "Image Generation Basics" */
export function imageItemToWire(item: ResolvedImageItem): object {
  return defined({
    type: 'image',
    model: item.model,
    prompt: item.prompt,
    negative_prompt: item.negativePrompt,
    aspect_ratio: item.aspectRatio,
    output_format: item.outputFormat === 'jpg' ? 'jpeg' : item.outputFormat,
    image_urls: item.images?.length ? item.images : undefined,
    // Katana 112: UHD wins, so only one of them is sent.
    is_fast: item.isUhd ? undefined : item.isFast,
    is_uhd: item.isUhd,
    use_assistant: item.promptAssist
  })
}

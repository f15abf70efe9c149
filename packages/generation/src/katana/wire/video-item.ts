import { defined } from '../../shared/wire/defined.js'
import type { ResolvedVideoItem } from '../resolved-item.js'

/** Writes a video item as Katana spells it. @see Katana's guide, "Video Generation Basics" */
export function videoItemToWire(item: ResolvedVideoItem): object {
  const media = defined({
    first_frame_image_url: item.firstFrame,
    mid_frame_image_url: item.midFrame,
    last_frame_image_url: item.lastFrame,
    reference_image_urls: item.references?.length ? item.references : undefined,
    audio_input_urls: item.audio?.length ? item.audio : undefined
  })
  return defined({
    type: 'video',
    model: item.model,
    prompt: item.prompt,
    duration_seconds: item.durationSeconds,
    aspect_ratio: item.aspectRatio,
    // An empty one is never sent.
    video_image_data: Object.keys(media).length > 0 ? media : undefined
  })
}

import type { ImageModel, VideoModel } from '../src/katana/catalogue/model.js'
import type { ResolvedImageItem, ResolvedVideoItem } from '../src/katana/resolved-item.js'

/** An image that nobody fetches. */
export const PICTURE = 'https://example.com/picture.png'
/** An audio file that nobody fetches. */
export const SOUND = 'https://example.com/sound.mp3'

/** An item that keeps within the rules of its model. */
export function imageFor(model: ImageModel, changes: Partial<ResolvedImageItem> = {}): ResolvedImageItem {
  return {
    type: 'image',
    model: model.name,
    prompt: 'A clean product photo of a mug',
    aspectRatio: model.aspects[0] ?? '1:1',
    ...(model.needsSourceImage ? { images: [PICTURE] } : {}),
    ...changes
  }
}

/** An item that keeps within the rules of its model. */
export function videoFor(model: VideoModel, changes: Partial<ResolvedVideoItem> = {}): ResolvedVideoItem {
  const [durationSeconds = 5] = model.costsTenths.keys()
  return {
    type: 'video',
    model: model.name,
    prompt: 'A calm shot of a mug on a table',
    aspectRatio: model.aspects[0] ?? '16:9',
    durationSeconds,
    ...(model.needsFirstFrame ? { firstFrame: PICTURE } : {}),
    ...changes
  }
}

import type { ImageModel, TextModel, VideoModel } from '@bursar/generation/katana'

/** A model of Katana. */
export type Model = ImageModel | VideoModel | TextModel

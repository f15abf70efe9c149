import type { MediaInput } from '../shared/media/media-input.js'
import type { imageRows } from './catalogue/image-rows.js'
import type { textRows } from './catalogue/text-rows.js'
import type { videoRows } from './catalogue/video-rows.js'

/** Public names of the image models that the catalogue lists. */
export type ImageModelName = keyof typeof imageRows
/** Public names of the video models that the catalogue lists. */
export type VideoModelName = keyof typeof videoRows
/** Public names of the text models that the catalogue lists; others are let through. */
export type TextModelName = keyof typeof textRows | (string & {})

declare const unlisted: unique symbol
/** A name that {@link unlistedModel} made. */
export type UnlistedModel = string & { readonly [unlisted]: true }

/**
 * Names a model that this version's types do not list. It is rejected at run time unless the client was given a live
 * catalogue that has it, or `validate: false`.
 */
export function unlistedModel(name: string): UnlistedModel {
  return name as UnlistedModel
}

/** The aspect ratios that an image model lists. */
export type ImageAspectRatio<Model extends ImageModelName> = (typeof imageRows)[Model][5][number]
/** The aspect ratios that a video model lists. */
export type VideoAspectRatio<Model extends VideoModelName> = (typeof videoRows)[Model]['aspects'][number]
/** The lengths in seconds that a video model lists. */
export type VideoSeconds<Model extends VideoModelName> = keyof (typeof videoRows)[Model]['costs']

/** `jpg` is another word for `jpeg`. */
export type OutputFormat = 'png' | 'jpeg' | 'jpg' | 'webp'

/** What every image can be requested with. */
export interface ImageOptions {
  readonly prompt: string
  readonly negativePrompt?: string
  /** Default: the service's, `png`. */
  readonly outputFormat?: OutputFormat
  /** Images to edit or to refer to, as many as the model takes. */
  readonly images?: readonly MediaInput[]
  /** Half the resolution for less. Models that imgnAI hosts only. */
  readonly isFast?: boolean
  /** The highest resolution; wins over `isFast`. Models that imgnAI hosts only. */
  readonly isUhd?: boolean
  /** Has a plain prompt translated into tags. Tag models only, all of which imgnAI hosts. */
  readonly promptAssist?: boolean
}

/** An image to make. The model decides which aspect ratios there are; `auto` takes that of the first input image. */
export type ImageItem =
  | {
      [Model in ImageModelName]: ImageOptions & {
        readonly model: Model
        readonly aspectRatio: ImageAspectRatio<Model> | 'auto'
      }
    }[ImageModelName]
  | (ImageOptions & { readonly model: UnlistedModel; readonly aspectRatio: string })

/** What every video can be requested with. */
export interface VideoOptions {
  readonly prompt: string
  readonly firstFrame?: MediaInput
  /** No model of the catalogue takes one. */
  readonly midFrame?: MediaInput
  readonly lastFrame?: MediaInput
  /** Images of who and what the video shows. */
  readonly references?: readonly MediaInput[]
  /** Audio to follow. */
  readonly audio?: readonly MediaInput[]
  /** Seconds of all audio together, where it is given by URL and cannot be measured. Not sent. */
  readonly audioSeconds?: number
}

/** A video to make. The model decides which lengths and aspect ratios there are. */
export type VideoItem =
  | {
      [Model in VideoModelName]: VideoOptions & {
        readonly model: Model
        readonly durationSeconds: VideoSeconds<Model>
        readonly aspectRatio: VideoAspectRatio<Model> | 'auto'
      }
    }[VideoModelName]
  | (VideoOptions & {
      readonly model: UnlistedModel
      readonly durationSeconds: number
      readonly aspectRatio: string
    })

/** An image or a video among others. */
export type GenerationItem =
  | (ImageItem & { readonly type: 'image' })
  | (VideoItem & { readonly type: 'video' })

/** Whether something is an item, as its `type` says. */
export function isGenerationItem(value: object): value is GenerationItem {
  return 'type' in value && (value.type === 'image' || value.type === 'video')
}

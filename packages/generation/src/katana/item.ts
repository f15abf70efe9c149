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
  /** What the image shows, in words. @example { prompt: 'a lighthouse at dusk' } */
  readonly prompt: string
  /**
   * What the image must not show. Default: nothing is excluded.
   *
   * @example { negativePrompt: 'text, watermark' }
   */
  readonly negativePrompt?: string
  /** The format of the file. Default: the service's, `png`. @example { outputFormat: 'webp' } */
  readonly outputFormat?: OutputFormat
  /**
   * Images to edit or to refer to, as many as the model takes. Default: none.
   *
   * @example { images: [file('cat.png')] }
   */
  readonly images?: readonly MediaInput[]
  /**
   * Whether to make half the resolution for less; only for models that imgnAI hosts. Default: `false`.
   *
   * @example { isFast: true }
   */
  readonly isFast?: boolean
  /**
   * Whether to make the highest resolution; wins over `isFast`, and only for models that imgnAI hosts. Default:
   * `false`.
   *
   * @example { isUhd: true }
   */
  readonly isUhd?: boolean
  /**
   * Whether a plain prompt is translated into tags; only for models that take tags, all of which imgnAI hosts.
   * Default: the service's.
   *
   * @example { promptAssist: true }
   */
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
  /** What the video shows, in words. @example { prompt: 'waves against a lighthouse' } */
  readonly prompt: string
  /**
   * The image that the video begins with. Default: the model makes it.
   *
   * @example { firstFrame: 'https://files.example/first.png' }
   */
  readonly firstFrame?: MediaInput
  /**
   * An image from the middle of the video. No model of the catalogue takes one. Default: none.
   *
   * @example { midFrame: 'https://files.example/mid.png' }
   */
  readonly midFrame?: MediaInput
  /**
   * The image that the video ends with. Default: the model makes it.
   *
   * @example { lastFrame: 'https://files.example/last.png' }
   */
  readonly lastFrame?: MediaInput
  /**
   * Images of the people and things that the video shows. Default: none.
   *
   * @example { references: ['https://files.example/cat.png'] }
   */
  readonly references?: readonly MediaInput[]
  /**
   * Audio that the video follows. Default: none.
   *
   * @example { audio: ['https://files.example/song.mp3'] }
   */
  readonly audio?: readonly MediaInput[]
  /**
   * The length of all audio together, in seconds. It is used to check the request and is not sent. Default:
   * measured, except of audio that is given by URL.
   *
   * @example { audioSeconds: 12 }
   */
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

import type { JsonObject } from '@bursar/core'

/** The rules that Katana attaches to video models. @see Katana's guide, "Video Custom Rule Glossary" */
export type CustomRule =
  | 'audio_15s_max'
  | 'audio_drives_duration'
  | 'audio_ff_only'
  | 'audio_needs_reference_image'
  | 'audio_or_fflf_exclusive'
  | 'lf_needs_ff'
  | 'reference_ff_only'
  | 'reference_is_voice_timbre'
  | 'reference_no_ff_or_lf'

/** What a model is, in the service's own words. */
export interface ModelDetails {
  /** Such as `Tool calling`, `Structured output` or `first frame`. */
  readonly features: readonly string[]
  /** Absent when a live list has none. */
  readonly description?: string
  /** The model's entry in a live list, as it came. */
  readonly raw?: JsonObject
}

interface MediaModel extends ModelDetails {
  /** The public name, which requests carry. */
  readonly name: string
  /** The internal key, which answers carry. */
  readonly key: string
  readonly displayName: string
  readonly creator: string
  /** Aspect ratios such as `16:9`. `auto` is understood by every model. */
  readonly aspects: readonly string[]
  readonly maxReferenceImages: number
  /** A small image that the model made. Absent when a live list has none. */
  readonly thumbnailUrl?: string
}

/** An image model: what it costs and what it takes. */
export interface ImageModel extends MediaModel {
  readonly type: 'image'
  /** Price of an image, in tenths of a credit. Absent when a live list has none. */
  readonly costTenths?: bigint
  /** Whether it edits an image and cannot do without one. */
  readonly needsSourceImage: boolean
  /** Whether imgnAI runs it: only these know fast, UHD and prompt assist. */
  readonly isHosted: boolean
}

/** A video model: what it costs and what it takes. */
export interface VideoModel extends MediaModel {
  readonly type: 'video'
  /** Price of a video in tenths of a credit, by its length in seconds. */
  readonly costsTenths: ReadonlyMap<number, bigint>
  readonly hasFirstFrame: boolean
  readonly hasMidFrame: boolean
  readonly hasLastFrame: boolean
  readonly needsFirstFrame: boolean
  readonly maxAudioFiles: number
  /** Whether its videos have audio. */
  readonly hasAudio: boolean
  readonly rules: readonly CustomRule[]
}

/** What a text model can be given to read. */
export type InputType = 'text' | 'image' | 'file' | 'audio' | 'video'

/** A text model: what it costs and what it takes. */
export interface TextModel extends ModelDetails {
  readonly type: 'text'
  readonly name: string
  readonly displayName: string
  readonly publisher: string
  readonly contextTokens: number
  /** Absent when the catalogue lists none. */
  readonly maxOutputTokens?: number
  readonly reads: readonly InputType[]
  /** Whether it runs in confidential computing and attests to it. */
  readonly isPrivate: boolean
  /** The day, such as `2026-04-30`. Absent when a live list has none. */
  readonly releasedOn?: string
  /** Input and output together, above which the model is dearer than `costsTenths`, at a price that is not published. */
  readonly dearerAboveTokens?: number
  /** Prices of a million tokens, in tenths of a credit. Absent when a live list has none. */
  readonly costsTenths?: {
    readonly input: bigint
    readonly output: bigint
    readonly cacheRead?: bigint
    readonly cacheWrite?: bigint
  }
}

/** What a service sells. */
export interface Catalogue {
  /** `snapshot`: shipped with this package and dated. `live`: read from the service. */
  readonly source: 'snapshot' | 'live'
  readonly images: readonly ImageModel[]
  readonly videos: readonly VideoModel[]
  readonly texts: readonly TextModel[]
  /** Atomic USD (`1_000_000n = 1 USD`) for a tenth of a credit, by the service's reference price. */
  readonly atomicUsdPerTenth: bigint
}

import type { Clock, JsonObject, RandomBytes } from '@bursar/core'
import type { ImageRequest, VideoRequest, VideoState } from '@bursar/translation'
import type { FetchLike } from '../../service/operation.js'
import type { ImageReading } from './read-image.js'

/** An image that was made for an SDK. */
export interface SdkImage {
  readonly url: string
  /** Downloads it, with the checks that every asset passes. */
  readonly bytes: () => Promise<Uint8Array>
}

/** Videos for SDKs. Asking after them is free. */
export interface SdkVideos {
  create(request: VideoRequest, init: SdkInit): Promise<VideoState>
  /** @returns nothing where there is none of this id. */
  retrieve(id: string, init: SdkInit): Promise<VideoState | undefined>
  /**
   * Downloads a video that is done, with the checks that every asset passes.
   *
   * @returns nothing where there is none of this id.
   * @throws {InvalidRequest} for one that is not done.
   */
  content(id: string, init: SdkInit): Promise<VideoContent | undefined>
}

/** A video that was downloaded. */
interface VideoContent {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly mimeType: string
}

/** A call of an SDK: its headers, its signal, and what the bursar is told with it. */
export type SdkInit = Omit<RequestInit, 'body' | 'method'>

/** What a service has, from which the APIs that it has not are answered. */
export interface SdkService {
  /** Sends a chat, as OpenAI's API has it. */
  chat(body: JsonObject, init: SdkInit): Promise<Response>
  /** Whether a chat of this call may stream. */
  streams(init: SdkInit): boolean
  /** The names of the models that it sells. */
  models(): Promise<readonly string[]>
  /** Absent where the service has none but those that it answers itself. */
  images?(request: ImageRequest, init: SdkInit): Promise<readonly SdkImage[]>
  /** Absent where the service has no videos in OpenAI's shape. */
  readonly videos?: SdkVideos
}

/** How the calls of SDKs reach a service. */
export interface TranslatedService extends SdkService {
  /** Where its API begins: `https://kat.imgnai.com/v1`. */
  readonly apiUrl: URL
  /** Sends what the service answers itself. */
  readonly send: FetchLike
  /** Whether the service answers a call itself. @param path behind the API's: `/messages` */
  readonly speaks: (path: string, call: TranslatableCall) => boolean
  /**
   * Checks what the service answers itself, before it is sent. Absent: it checks that itself.
   *
   * @throws {BursarError} `request/invalid`
   */
  readonly assertRequest?: (path: string, body: JsonObject) => Promise<void>
  /** Names of models beside those that the service lists. Default: none. */
  readonly known?: readonly string[]
  /** From where images are read whose URL the service's own answer has. Absent: it answers as it was asked. */
  readonly imageReading?: Omit<ImageReading, 'signal'>
  readonly random: RandomBytes
  readonly clock: Clock
}

/** What decides whether a service answers a call itself. */
interface TranslatableCall {
  /** By the service's own name of the model. Of a form, its text fields. */
  readonly body: JsonObject
  readonly init: RequestInit
}

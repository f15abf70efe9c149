import type { JsonObject } from '@bursar/core'
import type { ImageRequest } from '@bursar/translation'
import type { ServiceCall } from './service-call.js'
import type { VideoService } from './video-service.js'

/** A request as the client sent it. */
export interface ForwardedRequest {
  /** That belong to the API. Default: none. */
  readonly headers?: Readonly<Record<string, string>>
  /** With its question mark. Default: none. */
  readonly query?: string
  readonly body: JsonObject
  readonly bytes: Uint8Array<ArrayBuffer>
  /** Where a form was sent: then this is forwarded. */
  readonly form?: FormData
}

/** A request that goes through as it is. */
export interface ThroughRequest {
  readonly method: string
  /** Path and query, from the slash on. */
  readonly target: string
  readonly headers: Readonly<Record<string, string>>
  /** Empty for none. */
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** An image that was generated. */
export interface GeneratedImage {
  readonly url: string
  /** Downloads it, with the checks that every asset passes. */
  readonly bytes: () => Promise<Uint8Array>
}

/** A service that the proxy pays for, as one agent uses it. Its methods throw `BursarError`s and `HttpProblem`s. */
export interface ProxyService {
  /** The names of the models that it sells. */
  models(): Promise<readonly string[]>
  /** Completes a chat. The body is that of OpenAI's chat completions, without `stream`. */
  complete(body: JsonObject, call: ServiceCall): Promise<JsonObject>
  /** The same as a stream of chunks. Absent where the service does not stream. */
  streamChat?(body: JsonObject, call: ServiceCall): Promise<AsyncIterable<JsonObject>>
  images(request: ImageRequest, call: ServiceCall): Promise<readonly GeneratedImage[]>
  /** Absent where the service has no videos in OpenAI's shape. */
  readonly videos?: VideoService
  /**
   * Forwards a request unchanged, where the service speaks that API itself.
   *
   * @param path without `/v1`, for example `/messages`.
   * @returns the answer, whose status is a success; `undefined` where the service does not speak the API.
   */
  forward(path: string, request: ForwardedRequest, call: ServiceCall): Promise<Response | undefined>
  /** Has a request go through as it is, whatever its path. Absent where requests are translated. */
  passThrough?(request: ThroughRequest, call: ServiceCall): Promise<Response>
  /**
   * Asks after something that was made, which is free.
   *
   * @param path without `/v1`, for example `/videos/task_1`.
   * @returns the service's answer; `undefined` where it has no such path.
   */
  poll(path: string, signal: AbortSignal): Promise<Response> | undefined
}

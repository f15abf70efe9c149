import type { Clock, JsonObject } from '@bursar/core'
import type { ApiFormat } from '@bursar/local-server'
import type { KeptResponses, TextApi } from '@bursar/translation'
import type { ProxyService } from '../services/proxy-service.js'
import type { ServiceCall } from '../services/service-call.js'

/** An answer in the words of the client's API. */
export interface TranslatedAnswer {
  readonly body: JsonObject
  /** As it was written. Default: it is written anew. */
  readonly text?: string
  /** What was offered to the model and could not be, by its type. Default: nothing. */
  readonly leftOut?: readonly string[]
}

/** An answer that is translated while the service writes it. */
export interface LiveAnswer extends Pick<TranslatedAnswer, 'leftOut'> {
  /** @throws {HttpProblem} when the service breaks it off. */
  readonly events: AsyncIterable<string>
  /** The answer as one object, once its events have ended. */
  whole(): JsonObject
}

/** What an endpoint answers a request with. */
export interface EndpointContext {
  readonly service: ProxyService
  readonly call: ServiceCall
  readonly clock: Clock
  readonly agent: string
  /** Unique among answers. */
  readonly id: string
  /** What was answered before. */
  readonly responses: KeptResponses
  /** Where a form was sent. The request is its text fields then. */
  readonly form?: FormData
}

/** One endpoint of the proxy. */
export interface Endpoint {
  readonly format: ApiFormat
  /** Of an API of texts. Absent: its requests are taken as they are, and its answers do not stream. */
  readonly api?: TextApi
  /** Whether a form is taken as well as JSON. Default: only JSON. */
  readonly takesForms?: boolean
  /** Whether it is answered without the service, and costs nothing. Default: false. */
  readonly isFree?: boolean
  /**
   * Has the service stream its answer, and translates it as it comes. Absent: its answers are translated whole.
   *
   * @returns nothing where the service does not stream.
   */
  live?(request: JsonObject, context: EndpointContext): Promise<LiveAnswer | undefined>
  /** Translates a request, has the service answer it, and translates the answer. @throws {HttpProblem} @throws {BursarError} */
  answer(request: JsonObject, context: EndpointContext): Promise<TranslatedAnswer>
}

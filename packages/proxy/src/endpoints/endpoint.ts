import type { Clock, JsonObject } from '@bursar/core'
import type { ApiFormat } from '@bursar/local-server'
import type { ProxyService } from '../services/proxy-service.js'
import type { ServiceCall } from '../services/service-call.js'

/** An answer in the words of the client's API. */
export interface TranslatedAnswer {
  readonly body: JsonObject
  /** The same answer as the stream that it would have been. Absent where the API has no stream. */
  readonly events?: () => readonly string[]
}

/** What an endpoint answers a request with. */
export interface EndpointContext {
  readonly service: ProxyService
  readonly call: ServiceCall
  readonly clock: Clock
  /** Where a form was sent. The request is its text fields then. */
  readonly form?: FormData
}

/** One endpoint of the proxy. */
export interface Endpoint {
  readonly format: ApiFormat
  /** Whether a form is taken as well as JSON. Default: only JSON. */
  readonly takesForms?: boolean
  /** Translates a request, has the service answer it, and translates the answer. @throws {HttpProblem} @throws {BursarError} */
  answer(request: JsonObject, context: EndpointContext): Promise<TranslatedAnswer>
}

import {
  changeJson,
  changeJsonText,
  renameFormModel,
  renameModel,
  ServiceStream,
  type TextApi
} from '@bursar/translation'
import { isEventStream, withBody } from '../../wire/response-body.js'
import { eventStreamHeaders, noCompletion, readJson, streamFrom, streamOf } from './sdk-answer.js'
import type { SdkBody } from './sdk-call.js'
import { spokenEvents } from './spoken-events.js'

/** A call that a service answers itself. */
export interface SpokenCall {
  /** Of texts. Absent: it is another. */
  readonly api: TextApi | undefined
  readonly sent: SdkBody
  /** The service's own name of the model, where one is named. */
  readonly model: string | undefined
  /** Unique among answers. */
  readonly id: string
  readonly createdAtSeconds: number
}

/** The call as the service takes it: byte by byte where nothing has to be changed. */
export function toService(call: SpokenCall, init: RequestInit): RequestInit {
  const body = changedBody(call)
  if (body === undefined) return init
  const headers = new Headers(init.headers)
  headers.delete('content-length')
  return { ...init, headers, body }
}

/** Nothing where what was sent is what is taken. */
function changedBody({ api, sent, model }: SpokenCall): FormData | Uint8Array<ArrayBuffer> | undefined {
  const hasOther = model !== undefined && model !== sent.object.model
  if (sent.form) return hasOther ? renameFormModel(sent.form, model) : undefined
  const { bytes } = changeJson(sent, (object) => {
    const adapted = api?.adapt(object) ?? object
    return hasOther ? { ...adapted, model } : adapted
  })
  return bytes === sent.bytes ? undefined : bytes
}

/**
 * The service's answer as the proxy hands it on: by the name of the model that was asked for, as a stream where one was, and
 * with an error at its end where the service breaks a stream off.
 *
 * @throws {BursarError} `service/answer-malformed`
 */
export async function toCaller(call: SpokenCall, response: Response): Promise<Response> {
  const { api, sent } = call
  if (!api || !response.ok) return response
  const { object: request } = sent
  const { headers, body } = response
  if (body && isEventStream(headers)) {
    const events = new ServiceStream(api.stream, request.model)
    const answer = api.stream.open({ ...call, request })
    const eventsOf = (each: ReadableStream<Uint8Array>) => spokenEvents(each, events, answer)
    return withBody(response, streamFrom(body, { eventsOf, isDone: () => events.isDone }))
  }
  if (!/^application\/json\b/i.test(headers.get('content-type') ?? '')) return response
  const answer = await readJson(response)
  if (request.stream !== true && api.isAnswer?.(answer.object) === false)
    throw noCompletion(answer.object, response)
  const { text, object } = changeJsonText(answer, (each) => renameModel(each, request.model))
  return request.stream === true
    ? withBody(response, streamOf(api.stream.events(object, request)), eventStreamHeaders)
    : withBody(response, text)
}

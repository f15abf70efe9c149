import { changeJson, type TextApi } from '@bursar/translation'
import type { Recording } from './answers/recording.js'
import type { CallRequest } from './call-request.js'
import { withSignal } from './call-signal.js'
import type { Endpoint } from './endpoints/endpoint.js'
import { recordAnswer, recordLive, recordResponse } from './record-response.js'
import type { ServeContext } from './serve-context.js'
import type { ProxyService } from './services/proxy-service.js'
import type { ServiceCall } from './services/service-call.js'

/** A request, and what answers it. */
interface EndpointCall {
  readonly request: CallRequest
  readonly endpoint: Endpoint
}

/** Has the service answer a request, and records the answer. */
export async function fillAnswer(
  recording: Recording,
  call: EndpointCall,
  context: ServeContext
): Promise<void> {
  await withSignal(context, (signal) => fill(recording, { ...call, signal }, context))
}

async function fill(
  recording: Recording,
  { request, endpoint, signal }: EndpointCall & Pick<ServiceCall, 'signal'>,
  { serviceOf, clock, responses, costs }: ServeContext
): Promise<void> {
  const call = callOf(request, { signal, onPurchase: purchasesOf(recording, costs) })
  const { agent, form } = request
  const service = serviceOf(agent)
  const { api } = endpoint
  api?.assertRequest(request.body)
  const asked = { body: request.body, stream: api?.stream, isAnswer: api?.isAnswer }
  const forwarded = await forward(service, { request, api }, call)
  if (forwarded) return recordResponse(recording, forwarded, asked)
  const exact = api?.exact({ bytes: request.sent.bytes, object: request.body }) ?? request.body
  request.sent.release()
  const context = { service, call, clock, agent, responses, id: recording.id, ...(form ? { form } : {}) }
  const body = api?.adapt(exact) ?? exact
  const live = body.stream === true ? await endpoint.live?.(body, context) : undefined
  if (live) return recordLive(recording, live)
  recordAnswer(recording, await endpoint.answer(body, context), asked)
}

/** Has an answer learn what is bought for it, or was by an earlier call. */
export function purchasesOf(recording: Recording, costs: ServeContext['costs']): ServiceCall['onPurchase'] {
  return costs.addTo(recording.costs, () => {
    recording.isPaidBefore = true
  })
}

/** Forwards a request as services take it. It holds no bytes while the service works. */
function forward(
  service: ProxyService,
  { request, api }: { readonly request: CallRequest; readonly api: TextApi | undefined },
  call: ServiceCall
): Promise<Response | undefined> {
  const sent = { bytes: request.sent.bytes, object: request.body }
  const { bytes, object: body } = api ? changeJson(sent, api.adapt) : sent
  return service.forward(request.path.slice('/v1'.length), { ...request, body, bytes }, call)
}

/** Names that the proxy gives to purchases are its own: they begin with `proxy` and the agent. */
export function callOf(
  { agent, key }: CallRequest,
  own: Pick<ServiceCall, 'signal' | 'onPurchase'>
): ServiceCall {
  const call = { labels: { agent }, ...own }
  return key === undefined ? call : { ...call, purchase: `proxy ${agent} ${key}` }
}

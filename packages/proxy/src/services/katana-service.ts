import { isJsonObject, type JsonObject } from '@bursar/core'
import {
  type Billing,
  type ChatBody,
  katanaCatalogue,
  type OutputFormat,
  unlistedModel
} from '@bursar/generation/katana'
import { aspectRatioOf, assertNoOptions, type ImageRequest, invalidRequest } from '@bursar/translation'
import type { Bursar } from 'bursar'
import type { Katana } from 'bursar/katana'
import { callOptions } from './call-options.js'
import { imagesOfJob } from './job-images.js'
import { katanaVideos } from './katana-videos.js'
import type { GeneratedImage, ProxyService } from './proxy-service.js'
import type { ServiceCall } from './service-call.js'
import { malformedAnswer, problemFrom } from './service-problem.js'
import { submitOnce } from './submit-once.js'

/** What a service of Katana works with. */
export interface KatanaPayer {
  readonly bursar: Pick<Bursar, 'find' | 'fetch'>
  readonly katana: Katana
  /** How texts are paid. */
  readonly textBilling: Exclude<Billing, 'key'>
}

/** imgnAI Katana. A text that x402 pays for does not stream, so it arrives whole. */
export function katanaService(payer: KatanaPayer): ProxyService {
  return {
    async models() {
      const { texts, images } = katanaCatalogue
      return [...texts, ...images].map(({ name }) => name)
    },
    complete: (body, call) => complete(payer, body, call),
    images: async (request, call) => generateImages(payer, request, call),
    videos: katanaVideos(payer),
    forward: async (path, { bytes }, call) => (path === GENERATION ? submit(payer, bytes, call) : undefined),
    poll: (path, signal) =>
      JOB.test(path) ? fetch(`${payer.katana.origin}/v1${path}`, { signal, redirect: 'error' }) : undefined
  }
}

const GENERATION = '/generation-requests'
const JOB = /^\/generation-requests\/[\w-]{1,128}$/

/** Buys a job by Katana's own request, as it was sent. Its state is free to ask after. */
async function submit(
  { bursar, katana }: KatanaPayer,
  body: Uint8Array<ArrayBuffer>,
  call: ServiceCall
): Promise<Response> {
  const { fetchOptions, signal } = callOptions(call, 'generation-requests')
  const response = await bursar.fetch(`${katana.origin}/v1${GENERATION}?wait=false`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
    signal,
    ...fetchOptions
  })
  if (response.ok) return response
  throw await problemFrom(response)
}

async function complete(payer: KatanaPayer, body: JsonObject, call: ServiceCall): Promise<JsonObject> {
  assertChat(body)
  const billing = await billingOf(payer, call)
  const options = { ...callOptions(call, body.model), billing }
  const completion: unknown = await payer.katana.chat.completions.create({ ...body, stream: false }, options)
  if (isJsonObject(completion)) return completion
  throw malformedAnswer()
}

/** What was paid directly under a name is had again under it, and not bought from the balance as well. */
async function billingOf({ bursar, textBilling }: KatanaPayer, { purchase }: ServiceCall): Promise<Billing> {
  const isKnown = purchase !== undefined && (await bursar.find(purchase)) !== undefined
  return isKnown ? 'direct' : textBilling
}

/** What the client reads of a body before it validates it by the model's rules. */
function assertChat(body: JsonObject): asserts body is JsonObject & ChatBody {
  if (typeof body.model !== 'string') throw invalidRequest('model is required')
  const { messages = [] } = body
  if (!Array.isArray(messages) || !messages.every(isJsonObject))
    throw invalidRequest('messages must be a list of objects')
}

async function generateImages(
  payer: KatanaPayer,
  { model, prompt, count, size, options, images }: ImageRequest,
  call: ServiceCall
): Promise<readonly GeneratedImage[]> {
  const item = {
    model: unlistedModel(model),
    prompt,
    aspectRatio: images && (size === undefined || size === 'auto') ? 'auto' : aspectRatioOf(size),
    ...katanaOptions(options),
    ...(images ? { images } : {})
  }
  const items = Array.from({ length: count }, () => item)
  const submit = () => payer.katana.images.generate(items, callOptions(call, model))
  return imagesOfJob(await submitOnce(payer, call, submit), call.signal)
}

/** @throws {InvalidRequest} that names what Katana has no counterpart for. */
function katanaOptions({ output_format: format, ...others }: JsonObject): { outputFormat?: OutputFormat } {
  assertNoOptions(others)
  if (format === undefined) return {}
  if (format === 'png' || format === 'jpeg' || format === 'jpg' || format === 'webp')
    return { outputFormat: format }
  throw invalidRequest('output_format must be png, jpeg or webp')
}

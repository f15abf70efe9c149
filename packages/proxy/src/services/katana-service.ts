import { isJsonObject, type JsonObject, notify } from '@bursar/core'
import { inWordsOfJson } from '@bursar/generation/carriers'
import { type Billing, type ChatBody, katanaCatalogue, unlistedModel } from '@bursar/generation/katana'
import { type ImageRequest, invalidRequest, katanaImageItem } from '@bursar/translation'
import { callOptions } from './call-options.js'
import { imagesOfJob } from './job-images.js'
import type { KatanaPayer } from './katana-payer.js'
import { katanaRequests } from './katana-requests.js'
import { katanaVideos } from './katana-videos.js'
import type { GeneratedImage, ProxyService } from './proxy-service.js'
import type { ServiceCall } from './service-call.js'
import { malformedAnswer } from './service-problem.js'
import { submitOnce } from './submit-once.js'

/** imgnAI Katana. A text that x402 pays for does not stream, so it arrives whole. */
export function katanaService(payer: KatanaPayer): ProxyService {
  return {
    async models() {
      const { texts, images, videos } = katanaCatalogue
      return [...texts, ...images, ...videos].map(({ name }) => name)
    },
    complete: (body, call) => complete(payer, body, call),
    images: async (request, call) => generateImages(payer, request, call),
    videos: katanaVideos(payer),
    ...katanaRequests(payer)
  }
}

async function complete(payer: KatanaPayer, body: JsonObject, call: ServiceCall): Promise<JsonObject> {
  assertChat(body)
  const billing = await billingOf(payer, call)
  const options = { ...callOptions(call, body.model), billing }
  const { completions } = payer.katana.chat
  const completion: unknown = await inWordsOfJson(completions.create({ ...body, stream: false }, options))
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
  request: ImageRequest,
  call: ServiceCall
): Promise<readonly GeneratedImage[]> {
  const { model, count } = request
  const item = { ...katanaImageItem(request), model: unlistedModel(model) }
  const items = Array.from({ length: count }, () => item)
  const submit = () => inWordsOfJson(payer.katana.images.generate(items, callOptions(call, model)))
  const job = await submitOnce(payer, call, submit)
  const images = await imagesOfJob(job, call.signal)
  void notify(payer.onImages, job, 'onImages')
  return images
}

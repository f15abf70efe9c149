import { isBursarError, isJsonObject, type JsonObject } from '@bursar/core'
import { type ChatBody, katanaCatalogue, unlistedModel } from '@bursar/generation/katana'
import { HttpProblem } from '@bursar/local-server'
import type { Bursar } from 'bursar'
import type { Katana } from 'bursar/katana'
import { invalidRequest } from '../translation/invalid-request.js'
import { aspectRatioOf } from './aspect-ratio.js'
import { imagesOfJob } from './job-images.js'
import type { GeneratedImage, ImageRequest, ProxyService, ServiceCall } from './proxy-service.js'

const billing = 'direct'

/** imgnAI Katana. A text that x402 pays for does not stream, so it arrives whole. */
export function katanaService(bursar: Pick<Bursar, 'find'>, katana: Katana): ProxyService {
  return {
    async models() {
      const { texts, images } = katanaCatalogue
      return [...texts, ...images].map(({ name }) => name)
    },
    complete: (body, call) => complete(katana, body, call),
    images: async (request, call) => generateImages({ bursar, katana }, request, call),
    forward: () => undefined
  }
}

async function complete(katana: Katana, body: JsonObject, call: ServiceCall): Promise<JsonObject> {
  assertChat(body)
  const completion: unknown = await katana.chat.completions.create(
    { ...body, stream: false },
    callOptions(call, body.model)
  )
  if (isJsonObject(completion)) return completion
  throw malformedAnswer()
}

/** What the client reads of a body before it validates it by the model's rules. */
function assertChat(body: JsonObject): asserts body is JsonObject & ChatBody {
  if (typeof body.model !== 'string') throw invalidRequest('model is required')
  const { messages = [] } = body
  if (!Array.isArray(messages) || !messages.every(isJsonObject))
    throw invalidRequest('messages must be a list of objects')
}

async function generateImages(
  { bursar, katana }: { readonly bursar: Pick<Bursar, 'find'>; readonly katana: Katana },
  { model, prompt, count, size }: ImageRequest,
  call: ServiceCall
): Promise<readonly GeneratedImage[]> {
  const item = { model: unlistedModel(model), prompt, aspectRatio: aspectRatioOf(size) }
  const items = Array.from({ length: count }, () => item)
  try {
    return await imagesOfJob(await katana.images.generate(items, callOptions(call, model)))
  } catch (error) {
    // The purchase of this name was paid for before. The ledger knows its job.
    const { purchase } = call
    if (purchase === undefined || !isBursarError(error, 'purchase/already-settled')) throw error
    const job = (await bursar.find(purchase))?.job
    if (job === undefined) throw error
    return imagesOfJob(katana.jobs.resume(job, { billing }))
  }
}

function callOptions({ labels, purchase, signal }: ServiceCall, model: string) {
  return {
    billing,
    signal,
    fetchOptions: {
      bursar: {
        labels: { ...labels, service: 'katana', model },
        // What one agent has paid for is not another's.
        tenant: `proxy ${labels.agent}`,
        ...(purchase === undefined ? {} : { purchase })
      }
    }
  } as const
}

/** The service was paid, and answered with something else than documented. */
export function malformedAnswer(): HttpProblem {
  return new HttpProblem({
    status: 502,
    code: 'service_malformed',
    message: 'The service did not answer with a JSON object',
    moneyState: 'settled'
  })
}

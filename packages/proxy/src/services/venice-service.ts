import { isJsonObject, type JsonObject } from '@bursar/core'
import type { Venice } from 'bursar/venice'
import type { ProxyService } from './proxy-service.js'
import { readAnswerObject } from './read-answer.js'
import { readModels } from './read-models.js'
import type { ServiceCall } from './service-call.js'
import { malformedAnswer, problemFrom } from './service-problem.js'

/** What Venice answers itself. */
const spoken: ReadonlySet<string> = new Set(['/chat/completions', '/images/generations'])

/** Venice, paid from its prepaid balance. What a call takes from that is in Venice's own list of movements. */
export function veniceService({ baseURL, balance }: Venice): ProxyService {
  const send = async (path: string, body: BodyInit, { signal }: ServiceCall): Promise<Response> => {
    const headers = { 'content-type': 'application/json' }
    const response = await balance.fetch(`${baseURL}${path}`, { method: 'POST', headers, body, signal })
    if (response.ok) return response
    throw await problemFrom(response)
  }
  return {
    models: () => readModels(`${baseURL}/models`),
    async complete(body, call) {
      return readAnswerObject(await send('/chat/completions', JSON.stringify(body), call))
    },
    async images({ model, prompt, count, size }, call) {
      const asked = {
        model,
        prompt,
        n: count,
        response_format: 'b64_json',
        ...(size === undefined ? {} : { size })
      }
      const response = await send('/images/generations', JSON.stringify(asked), call)
      return imagesOf(await readAnswerObject(response))
    },
    forward: async (path, { bytes }, call) => (spoken.has(path) ? send(path, bytes, call) : undefined),
    poll: () => undefined
  }
}

function imagesOf(answer: JsonObject) {
  const data = Array.isArray(answer.data) ? answer.data : []
  const images = data.flatMap((image) =>
    isJsonObject(image) && typeof image.b64_json === 'string' ? [image.b64_json] : []
  )
  if (images.length === 0) throw malformedAnswer()
  return images.map((base64) => ({
    url: `data:image/png;base64,${base64}`,
    bytes: async () => new Uint8Array(Buffer.from(base64, 'base64'))
  }))
}

import { isJsonObject, type JsonObject, parseJsonObject } from '@bursar/core'
import type { Venice } from 'bursar/venice'
import type { ProxyService } from './proxy-service.js'
import type { ServiceCall } from './service-call.js'
import { malformedAnswer, problemFrom } from './service-problem.js'

/** What Venice answers itself. */
const spoken: ReadonlySet<string> = new Set(['/chat/completions', '/images/generations'])
const MODELS_TIMEOUT_MS = 30_000

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
      const response = await send('/chat/completions', JSON.stringify(body), call)
      const answer = parseJsonObject(await response.text())
      if (answer) return answer
      throw malformedAnswer()
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
      return imagesOf(parseJsonObject(await response.text()))
    },
    forward: async (path, { bytes }, call) => (spoken.has(path) ? send(path, bytes, call) : undefined),
    poll: () => undefined
  }
}

/** The list is free, and needs no proof. */
async function readModels(url: string): Promise<readonly string[]> {
  const signal = AbortSignal.timeout(MODELS_TIMEOUT_MS)
  const answer: unknown = await (await fetch(url, { signal, redirect: 'error' })).json()
  const data = isJsonObject(answer) && Array.isArray(answer.data) ? answer.data : []
  return data.flatMap((model) => (isJsonObject(model) && typeof model.id === 'string' ? [model.id] : []))
}

function imagesOf(answer: JsonObject | undefined) {
  const data = Array.isArray(answer?.data) ? answer.data : []
  const images = data.flatMap((image) =>
    isJsonObject(image) && typeof image.b64_json === 'string' ? [image.b64_json] : []
  )
  if (images.length === 0) throw malformedAnswer()
  return images.map((base64) => ({
    url: `data:image/png;base64,${base64}`,
    bytes: async () => new Uint8Array(Buffer.from(base64, 'base64'))
  }))
}

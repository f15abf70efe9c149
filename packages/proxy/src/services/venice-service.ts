import { stringifyExact } from '@bursar/core'
import { readModels, veniceSpoken } from '@bursar/generation/carriers'
import { noEdits } from '@bursar/translation'
import type { Venice } from 'bursar/venice'
import { chunksOf } from './chat-chunks.js'
import type { ProxyService } from './proxy-service.js'
import { readCompletion } from './read-answer.js'
import type { ServiceCall } from './service-call.js'
import { problemFrom } from './service-problem.js'

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
      return readCompletion(await send('/chat/completions', stringifyExact(body), call))
    },
    async streamChat(body, call) {
      const streaming = { ...body, stream: true, stream_options: { include_usage: true } }
      return chunksOf(await send('/chat/completions', stringifyExact(streaming), call))
    },
    async images({ model }) {
      throw noEdits(model)
    },
    forward: async (path, { bytes }, call) => (veniceSpoken.has(path) ? send(path, bytes, call) : undefined),
    poll: () => undefined
  }
}

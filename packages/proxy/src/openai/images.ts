import type { Clock, JsonObject } from '@bursar/core'
import { ProxyProblem } from '@bursar/local-server'
import type { WholeAnswer } from '../endpoints.js'
import type { ProxyService, ServiceCall } from '../service.js'

/** As many as OpenAI makes at once. */
const MAX_PICTURES = 10

/**
 * Has pictures made, and gives their URLs or, with `response_format: 'b64_json'`, what they are.
 *
 * @throws {ProxyProblem} 400 @throws {BursarError} `request/invalid`, `job/*`, `asset/*`, and what paying throws.
 * @see https://platform.openai.com/docs/api-reference/images/create
 */
export async function makePictures(
  asked: JsonObject,
  service: ProxyService,
  call: ServiceCall,
  clock: Clock
): Promise<WholeAnswer> {
  const { model, prompt, n, size, response_format: format = 'url', stream } = asked
  if (typeof model !== 'string' || typeof prompt !== 'string') throw invalid('model and prompt are required')
  if (format !== 'url' && format !== 'b64_json') throw invalid('response_format is url or b64_json')
  if (stream === true) throw invalid('pictures do not stream')
  const count = n ?? 1
  if (typeof count !== 'number' || !Number.isInteger(count) || count < 1 || count > MAX_PICTURES)
    throw invalid(`n is a whole number from 1 to ${MAX_PICTURES}`)
  if (size !== undefined && size !== null && typeof size !== 'string')
    throw invalid('size is such as 1024x1024')
  const pictures = await service.pictures({ model, prompt, count, ...(size ? { size } : {}) }, call)
  const data = await Promise.all(
    pictures.map(async ({ url, bytes }) =>
      format === 'url' ? { url } : { b64_json: Buffer.from(await bytes()).toString('base64') }
    )
  )
  return { body: { created: Math.floor(clock.nowMs() / 1000), data } }
}

function invalid(message: string): ProxyProblem {
  return new ProxyProblem(400, 'invalid_request', `${message}. Nothing was paid`)
}

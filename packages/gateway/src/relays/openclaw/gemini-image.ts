import { isJsonObject, type JsonObject, type JsonValue } from '@bursar/core'
import type { Dimensions } from '../../images/dimensions.js'
import type { HttpResponse } from '../../server/response.js'
import { lastOf, type Reply, replyTo, textOf } from '../../texts/reply.js'
import { DAY_MS, type RelayContext } from '../context.js'
import { debit } from '../new-api/accounts.js'
import { invalidRequest, noChannel } from '../new-api/errors.js'
import type { BilledCall } from '../new-api/routes.js'
import catalogue from './catalogue.json' with { type: 'json' }
import { priceOf, tokenCost } from './price-list.js'

const sizesByRatio: Readonly<Record<string, Readonly<Record<string, string>>>> = catalogue.geminiResolutions
const ratios: ReadonlySet<string> = new Set(
  '1:1 3:4 4:3 9:16 16:9 3:2 2:3 4:5 5:4 1:4 4:1 1:8 8:1 21:9'.split(' ')
)
const MAX_REFERENCES = 14
const TOKENS_PER_IMAGE = 2520
const INPUT_BOUND = 4096

/** Sells an image that Gemini draws in a chat (OpenClaw 19 to 23). */
export function sellGeminiImage(
  context: RelayContext,
  { account, model, body }: BilledCall,
  send: (reply: Reply) => HttpResponse
): HttpResponse {
  const { image_size: size = '1K', aspect_ratio: ratio = '1:1' } = imageConfigOf(body)
  if (typeof size !== 'string' || sizesByRatio[size] === undefined)
    return invalidRequest('image_size must be 512, 1K, 2K or 4K')
  if (typeof ratio !== 'string' || !ratios.has(ratio))
    return invalidRequest('aspect_ratio is not one of the 14')
  if (countReferences(body.messages ?? []) > MAX_REFERENCES)
    return invalidRequest(`At most ${MAX_REFERENCES} images are taken`)
  const price = priceOf(model)
  if (!price) return noChannel(model)
  const reply = { ...replyTo(body, INPUT_BOUND), outputTokens: TOKENS_PER_IMAGE }
  const rejection = debit(account, tokenCost(price, reply.inputTokens, reply.outputTokens))
  if (rejection) return rejection
  const prompt = textOf(lastOf(body.messages ?? ''))
  const order = { kind: 'image', prompt, ...sizeFor(size, ratio), format: 'png' } as const
  return send({ ...reply, text: `![image](${context.files.add(order, { lifeMs: DAY_MS })})` })
}

/** The image settings: at the top of the body, or in `extra_body` as the documentation prints it (OpenClaw 20). */
function imageConfigOf(body: JsonObject): JsonObject {
  for (const holder of [body, body.extra_body]) {
    const google = isJsonObject(holder) ? holder.google : undefined
    const config = isJsonObject(google) ? google.image_config : undefined
    if (isJsonObject(config)) return config
  }
  return {}
}

/** Sizes are documented for five ratios. The others get about as many pixels, in steps of 64 (OpenClaw 21). */
function sizeFor(size: string, ratio: string): Dimensions {
  const documented = sizesByRatio[size]?.[ratio]
  if (documented !== undefined) {
    const [width = 0, height = 0] = documented.split('x').map(Number)
    return { width, height }
  }
  const [across = 1, down = 1] = ratio.split(':').map(Number)
  const side = size === '512' ? 512 : Number(size[0]) * 1024
  const step = (value: number): number => Math.max(64, Math.round(value / 64) * 64)
  return { width: step(side * Math.sqrt(across / down)), height: step(side * Math.sqrt(down / across)) }
}

function countReferences(value: JsonValue): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, each) => sum + countReferences(each), 0)
  if (!isJsonObject(value)) return 0
  if (value.type === 'image_url') return 1
  return countReferences(value.content ?? null)
}

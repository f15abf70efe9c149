import { nowSeconds } from '../../runtime.js'
import { type HttpResponse, jsonResponse } from '../../server/response.js'
import { lastOf, textOf } from '../../texts/reply.js'
import { DAY_MS, type RelayContext } from '../context.js'
import { debit } from '../new-api/accounts.js'
import { noChannel } from '../new-api/errors.js'
import type { BilledCall } from '../new-api/routes.js'
import { priceOf } from './price-list.js'

const IMAGES = 4

/** Sells the four images that wan2.7-image draws in a chat (OpenClaw 24). */
export function sellWanChat(
  { files, runtime }: RelayContext,
  { account, model, body }: BilledCall
): HttpResponse {
  const price = priceOf(model)
  if (price?.unit !== 'call') return noChannel(model)
  const rejection = debit(account, price.each)
  if (rejection) return rejection
  const prompt = textOf(lastOf(body.messages ?? ''))
  const size = { width: 1024, height: 1024, format: 'png' } as const
  const content = Array.from({ length: IMAGES }, (_, index) => ({
    image: files.add({ kind: 'image', prompt: `${prompt} ${index + 1}`, ...size }, { lifeMs: DAY_MS })
  }))
  return jsonResponse(200, {
    id: `chatcmpl-${runtime.newId()}`,
    object: 'chat.completion',
    created: nowSeconds(runtime),
    model,
    choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }]
  })
}

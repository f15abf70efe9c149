import { formatUsdc, type JsonObject } from '@bursar/core'
import { nowSeconds } from '../../runtime.js'
import { fingerprintOf, readJson } from '../../server/request.js'
import { eventStreamResponse, HttpError, type HttpResponse, jsonResponse } from '../../server/response.js'
import type { RequestContext } from '../../server/route.js'
import { billingPathOf, type HeldFunds } from '../billing/billing-path.js'
import { chargeHeldFunds } from '../billing/charge-held-funds.js'
import { type KatanaContext, priceOf, urlOf } from '../context.js'
import { type ChatImage, toChatImage } from './chat-image.js'
import { chatReplyBody, chatReplyEvents } from './chat-reply.js'
import { type ChatSpec, readChatRequest } from './chat-request.js'
import { chargeOf, reserveOf, tokensAboveReserve } from './chat-reserve.js'
import { type Completion, complete, echo } from './completion.js'

/** A chat that was read, and the function that lets the model write. */
interface Chat {
  readonly spec: ChatSpec
  write(): Completion
}

/** `POST /v1/chat/completions`: sells a chat completion, paid in the way that the request chooses. */
export async function sellChat(context: KatanaContext, incoming: RequestContext): Promise<HttpResponse> {
  const path = await billingPathOf(context, incoming)
  if (path.path === 'rejected') return path.response
  const body = await readJson(incoming.request)
  const { tokens: measure } = context.settings
  const spec = readChatRequest(body, { mayStream: path.path === 'account', measure })
  const images = await imagesOf(spec)
  const write = (): Completion =>
    complete(spec, context.script.next(body) ?? echo(spec, images), context.runtime.newId)
  return path.path === 'direct'
    ? sellDirectly(context, incoming, { spec, write })
    : chargeToFunds(context, incoming, { spec, write, funds: path })
}

/** A payment pays the whole reserve (Katana 51). The usage reports what was paid and no credits (Katana 82). */
async function sellDirectly(
  context: KatanaContext,
  incoming: RequestContext,
  chat: Chat
): Promise<HttpResponse> {
  return context.payments.sell(incoming, {
    protocol: context.protocol,
    price: priceOf(context, reserveOf(chat.spec)),
    resource: { url: urlOf(context, incoming.request), description: 'Chat completion' },
    quoteKey: await fingerprintOf(incoming.request),
    fulfil: async ({ amountAtomic }) =>
      reply(context, chat.spec, {
        completion: chat.write(),
        imgnai: { paid_usdc: formatUsdc(amountAtomic), billing_source: 'x402' }
      })
  })
}

/**
 * Charges what was used, or the whole reserve when the provider does not report the usage (Katana 84), or more than the
 * reserve when the provider reports more (Katana 80).
 */
function chargeToFunds(
  context: KatanaContext,
  incoming: RequestContext,
  { spec, write, funds }: Chat & { readonly funds: HeldFunds }
): Promise<HttpResponse> {
  const { usage } = incoming.faults.effects()
  const reportsUsage = usage !== 'missing'
  return chargeHeldFunds(context.billing, incoming, {
    funds,
    credits: reserveOf(spec),
    work(hold) {
      const written = write()
      const completion =
        usage === 'above-reserve' ? { ...written, completionTokens: tokensAboveReserve(spec) } : written
      const used = reportsUsage ? chargeOf(spec, completion.completionTokens) : reserveOf(spec)
      const imgnai = hold.settle(used)
      // The bill is settled before the stream ends (Katana 83).
      return reply(context, spec, { completion, imgnai: spec.streams && !reportsUsage ? undefined : imgnai })
    }
  })
}

function reply(
  { runtime }: KatanaContext,
  spec: ChatSpec,
  written: { readonly completion: Completion; readonly imgnai: JsonObject | undefined }
): HttpResponse {
  const chatReply = { id: runtime.newId(), createdSeconds: nowSeconds(runtime), spec, ...written }
  return spec.streams
    ? eventStreamResponse(chatReplyEvents(chatReply))
    : jsonResponse(200, chatReplyBody(chatReply))
}

/** @throws {HttpError} 400 when an image cannot be decoded. */
async function imagesOf({ images }: ChatSpec): Promise<readonly ChatImage[]> {
  return Promise.all(
    images.map(async (bytes) => {
      const image = await toChatImage(bytes)
      if (!image) throw new HttpError(400, 'invalid_media', 'An image is rejected: it cannot be decoded.')
      return image
    })
  )
}

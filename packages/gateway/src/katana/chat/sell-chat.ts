import { formatUsdc, type JsonObject } from '@bursar/core'
import { fingerprintOf, readJson } from '../../server/request.js'
import { HttpError, type HttpResponse, jsonResponse } from '../../server/response.js'
import type { RequestContext } from '../../server/route.js'
import { randomUuid } from '../../server/uuid.js'
import { billingPathOf } from '../billing/billing-path.js'
import type { Hold } from '../billing/funding-source.js'
import { type KatanaContext, priceOf } from '../context.js'
import { type ChatImage, toChatImage } from './chat-image.js'
import { chatEvents, chatReply, usageOf, type Writing, write } from './chat-reply.js'
import { type ChatSpec, readChatRequest } from './chat-request.js'
import { chargeOf, reserveOf } from './chat-reserve.js'

/** Sells a chat completion by the one path that the request takes. */
export async function sellChat(context: KatanaContext, incoming: RequestContext): Promise<HttpResponse> {
  const { request, paid, faults } = incoming
  const path = await billingPathOf(context.pathContext, request, paid)
  if (path.path === 'refused') return path.response
  const spec = readChatRequest(await readJson(request), path.path === 'account')
  const reserved = reserveOf(spec)
  const writing = write(spec, await imagesOf(spec))
  if (path.path === 'direct') {
    const charge = {
      price: priceOf(context, reserved),
      resource: { url: `${context.url()}${request.path}${request.query}`, description: 'Chat completion' },
      quoteKey: await fingerprintOf(request),
      // Katana 51: the whole reserve is charged. 82: what was paid, and no credit reserve.
      fulfil: async ({ amountAtomic }: { readonly amountAtomic: bigint }) =>
        reply(context, spec, writing, { paid_usdc: formatUsdc(amountAtomic), billing_source: 'x402' })
    }
    return context.payments.serve(request, context.protocol, charge, faults)
  }
  const interruption = faults.beforeSettling()
  if (interruption) return interruption
  const hold = context.billing.hold(path, reserved)
  if (!('settle' in hold)) return hold
  const reportsUsage = faults.effects().usage !== 'missing'
  const imgnai = settle(spec, hold, writing.completionTokens, reportsUsage)
  const response = spec.streams
    ? stream(context, spec, writing, reportsUsage ? imgnai : undefined)
    : reply(context, spec, writing, imgnai)
  return faults.afterSettling(response, () => response)
}

/** Katana 84: where the provider does not tell what was used, the reserve is kept. */
function settle(spec: ChatSpec, hold: Hold, completionTokens: number, reportsUsage: boolean): JsonObject {
  return hold.settle(reportsUsage ? chargeOf(spec, completionTokens) : reserveOf(spec))
}

function reply(context: KatanaContext, spec: ChatSpec, writing: Writing, imgnai: JsonObject): HttpResponse {
  return jsonResponse(200, chatReply(spec, writing, { ...detailsOf(context), imgnai }))
}

/** Katana 83: the bill is settled before the stream says that it is done. */
function stream(
  context: KatanaContext,
  spec: ChatSpec,
  writing: Writing,
  imgnai: JsonObject | undefined
): HttpResponse {
  const usage = imgnai && usageOf(spec, writing, { imgnai })
  const events = chatEvents(spec, writing, detailsOf(context), usage)
  const headers = { 'Content-Type': 'text/event-stream; charset=utf-8', 'Cache-Control': 'no-store' }
  return { status: 200, headers, body: streamOf(events) }
}

/** @throws {HttpError} 400 when a picture cannot be decoded. */
async function imagesOf({ images }: ChatSpec): Promise<readonly ChatImage[]> {
  return Promise.all(
    images.map(async (bytes) => {
      const image = await toChatImage(bytes)
      if (!image) throw new HttpError(400, 'invalid_media', 'An image is refused: it cannot be decoded.')
      return image
    })
  )
}

async function* streamOf(events: readonly string[]): AsyncGenerator<string, void, undefined> {
  yield* events
}

function detailsOf({ clock, random }: KatanaContext): {
  readonly id: string
  readonly createdSeconds: number
} {
  return { id: randomUuid(random), createdSeconds: Math.floor(clock.nowMs() / 1000) }
}

import { formatUsdc, type JsonObject } from '@bursar/core'
import { type Answer, HttpProblem, jsonAnswer } from '../server/answer.js'
import { fingerprintOf, readJson } from '../server/arrival.js'
import type { RouteVisit } from '../server/route.js'
import { randomUuid } from '../server/uuid.js'
import { billingPathOf } from './billing/billing-path.js'
import type { Hold } from './billing/purse.js'
import { type ChatPicture, toChatPicture } from './chat-picture.js'
import { chatEvents, chatReply, usageOf, type Writing, write } from './chat-reply.js'
import { type ChatSpec, readChatRequest } from './chat-request.js'
import { chargeOf, reserveOf } from './chat-reserve.js'
import { type KatanaContext, priceOf } from './context.js'

/** Sells a chat completion by the one path that the request takes. */
export async function sellChat(context: KatanaContext, visit: RouteVisit): Promise<Answer> {
  const { arrival, paid, faults } = visit
  const path = await billingPathOf(context.billing, arrival, paid)
  if (path.path === 'refused') return path.answer
  const spec = readChatRequest(await readJson(arrival), path.path === 'account')
  const reserved = reserveOf(spec)
  const writing = write(spec, await picturesOf(spec))
  if (path.path === 'direct') {
    const order = {
      price: priceOf(context, reserved),
      sale: { url: `${context.url()}${arrival.path}${arrival.query}`, description: 'Chat completion' },
      quoteKey: await fingerprintOf(arrival),
      // Katana 51: the whole reserve is charged. 82: what was paid, and no credit reserve.
      fulfil: async ({ amountAtomic }: { readonly amountAtomic: bigint }) =>
        reply(context, spec, writing, { paid_usdc: formatUsdc(amountAtomic), billing_source: 'x402' })
    }
    return context.desk.serve(arrival, context.protocol, order, faults)
  }
  const interruption = faults.beforeSettling()
  if (interruption) return interruption
  const hold = context.till.hold(path, reserved)
  if (!('settle' in hold)) return hold
  const isTold = faults.bend().usage !== 'missing'
  const imgnai = settle(spec, hold, writing.completionTokens, isTold)
  const answer = spec.streams
    ? stream(context, spec, writing, isTold ? imgnai : undefined)
    : reply(context, spec, writing, imgnai)
  return faults.afterSettling(answer, () => answer)
}

/** Katana 84: where the provider does not tell what was used, the reserve is kept. */
function settle(spec: ChatSpec, hold: Hold, completionTokens: number, isTold: boolean): JsonObject {
  return hold.settle(isTold ? chargeOf(spec, completionTokens) : reserveOf(spec))
}

function reply(context: KatanaContext, spec: ChatSpec, writing: Writing, imgnai: JsonObject): Answer {
  return jsonAnswer(200, chatReply(spec, writing, { ...detailsOf(context), imgnai }))
}

/** Katana 83: the bill is settled before the stream says that it is done. */
function stream(
  context: KatanaContext,
  spec: ChatSpec,
  writing: Writing,
  imgnai: JsonObject | undefined
): Answer {
  const usage = imgnai && usageOf(spec, writing, { imgnai })
  const events = chatEvents(spec, writing, detailsOf(context), usage)
  const headers = { 'Content-Type': 'text/event-stream; charset=utf-8', 'Cache-Control': 'no-store' }
  return { status: 200, headers, body: streamOf(events) }
}

/** @throws {HttpProblem} 400 when a picture cannot be decoded. */
async function picturesOf({ pictures }: ChatSpec): Promise<readonly ChatPicture[]> {
  return Promise.all(
    pictures.map(async (bytes) => {
      const picture = await toChatPicture(bytes)
      if (!picture) throw new HttpProblem(400, 'invalid_media', 'An image is refused: it cannot be decoded.')
      return picture
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

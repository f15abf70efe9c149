import type { Clock, RandomBytes } from '@bursar/core'
import type { Facilitator } from '../facilitator/facilitator.js'
import type { PaymentDesk } from '../payment/desk.js'
import type { Price } from '../payment/protocol.js'
import { jsonAnswer } from '../server/answer.js'
import { fingerprintOf, readJson } from '../server/arrival.js'
import type { Route, RouteVisit } from '../server/route.js'
import { randomUuid } from '../server/uuid.js'
import { chatReply } from './chat-reply.js'
import { readChatRequest } from './chat-request.js'
import { reserveOf } from './chat-reserve.js'
import { refuseCredentials } from './credentials.js'
import { type CreditUnits, creditsToAtomic } from './credits.js'
import { discovery } from './discovery.js'
import type { GenerationDesk } from './generation-desk.js'
import { readGenerationRequest, totalCredits } from './generation-request.js'
import { modelList } from './models.js'
import type { KatanaSettings } from './options.js'
import { katanaProtocol } from './protocol.js'

/** What Katana's routes work with. */
export interface KatanaContext {
  readonly settings: KatanaSettings
  readonly desk: PaymentDesk
  readonly generation: GenerationDesk
  readonly facilitators: readonly Facilitator[]
  readonly clock: Clock
  readonly random: RandomBytes
  /** Of the gateway. */
  readonly url: () => string
}

/** Katana's endpoints, as far as x402, images and text go. */
export function katanaRoutes(context: KatanaContext): readonly Route[] {
  const { generation, facilitators } = context
  return [
    { methods: ['GET'], path: /^\/v1\/x402$/, handle: () => jsonAnswer(200, discovery(facilitators)) },
    { methods: ['GET'], path: /^\/v1\/models$/, handle: () => jsonAnswer(200, modelList()) },
    {
      methods: ['POST'],
      path: /^\/v1\/generation-requests$/,
      sells: 'by-body',
      handle: (visit) => sellGeneration(context, visit)
    },
    {
      methods: ['GET'],
      path: /^\/v1\/generation-requests\/([\w-]+)$/,
      handle: ({ params: [requestId = ''] }) => generation.poll(requestId)
    },
    {
      methods: ['POST'],
      path: /^\/v1\/chat\/completions$/,
      sells: 'by-body',
      handle: (visit) => sellChat(context, visit)
    },
    {
      methods: ['GET'],
      path: /^\/assets\/([\w-]+)\/([\w.]+)$/,
      handle: ({ params: [jobId = '', name = ''] }) => generation.asset(jobId, name)
    }
  ]
}

async function sellGeneration(
  context: KatanaContext,
  { arrival, paid, faults }: RouteVisit
): ReturnType<Sell> {
  const { settings, desk, generation } = context
  const refusal = refuseCredentials(arrival, paid, settings.loneCredential)
  if (refusal) return refusal
  const items = readGenerationRequest(await readJson(arrival), settings.modelKeysAllowed)
  const holds = arrival.search.get('wait') === 'true'
  const credits = totalCredits(items)
  // Katana 103 and 104: where nothing is taken there is nothing to pay, and nothing to poll.
  if (credits === 0n) return generation.submit(items, false)
  const order = {
    price: priceOf(context, credits),
    sale: { url: `${context.url()}${arrival.path}${arrival.query}`, description: 'Image generation' },
    quoteKey: await fingerprintOf(arrival),
    fulfil: () => generation.submit(items, holds)
  }
  return desk.serve(arrival, katanaProtocol(settings.echo), order, faults)
}

async function sellChat(context: KatanaContext, { arrival, paid, faults }: RouteVisit): ReturnType<Sell> {
  const { settings, desk, clock, random } = context
  const refusal = refuseCredentials(arrival, paid, settings.loneCredential)
  if (refusal) return refusal
  const spec = readChatRequest(await readJson(arrival))
  const order = {
    price: priceOf(context, reserveOf(spec)),
    sale: { url: `${context.url()}${arrival.path}${arrival.query}`, description: 'Chat completion' },
    quoteKey: await fingerprintOf(arrival),
    fulfil: async ({ amountAtomic }: { readonly amountAtomic: bigint }) => {
      const createdSeconds = Math.floor(clock.nowMs() / 1000)
      return jsonAnswer(
        200,
        chatReply(spec, { id: randomUuid(random), createdSeconds, paidAtomic: amountAtomic })
      )
    }
  }
  return desk.serve(arrival, katanaProtocol(settings.echo), order, faults)
}

type Sell = PaymentDesk['serve']

/** Katana 53: from the catalogue, plus gas. */
function priceOf({ settings }: KatanaContext, credits: CreditUnits): Price {
  return { subtotalAtomic: creditsToAtomic(credits), gasAtomic: settings.gasAtomic }
}

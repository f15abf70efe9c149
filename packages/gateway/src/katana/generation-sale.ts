import type { Answer } from '../server/answer.js'
import { fingerprintOf, readJson } from '../server/arrival.js'
import type { RouteVisit } from '../server/route.js'
import { billingPathOf } from './billing/billing-path.js'
import { type KatanaContext, priceOf } from './context.js'
import { readGenerationRequest, totalCredits } from './generation-request.js'

/** Sells images and videos by the one path that the request takes. */
export async function sellGeneration(context: KatanaContext, visit: RouteVisit): Promise<Answer> {
  const { settings, generation, till } = context
  const { arrival, paid, faults } = visit
  const path = await billingPathOf(context.billing, arrival, paid)
  if (path.path === 'refused') return path.answer
  const items = readGenerationRequest(await readJson(arrival), settings)
  const credits = totalCredits(items)
  const submission = { items, holds: arrival.search.get('wait') === 'true', bend: faults.bend() }
  // Katana 103 and 104: where nothing is taken there is nothing to pay, and nothing to poll.
  if (credits === 0n) return generation.submit({ ...submission, holds: false })
  if (path.path === 'direct') {
    const price = priceOf(context, credits)
    const order = {
      price,
      sale: { url: `${context.url()}${arrival.path}${arrival.query}`, description: 'Image generation' },
      quoteKey: await fingerprintOf(arrival),
      fulfil: ({ facilitator, payer }: Receipt) => {
        const refund = (): void => till.refund(facilitator, payer, price.subtotalAtomic)
        return generation.submit({ ...submission, refund })
      }
    }
    return context.desk.serve(arrival, context.protocol, order, faults)
  }
  const interruption = faults.beforeSettling()
  if (interruption) return interruption
  const hold = till.hold(path, credits)
  if (!('settle' in hold)) return hold
  const owner = path.path === 'account' ? path.account.key : undefined
  const charge = { refund: () => void hold.settle(0n), ...(owner === undefined ? {} : { owner }) }
  const answer = await generation.submit({ ...submission, ...charge })
  return faults.afterSettling(answer, () => answer)
}

type Receipt = Parameters<Parameters<KatanaContext['desk']['serve']>[2]['fulfil']>[0]

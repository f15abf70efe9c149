import { fingerprintOf, readJson } from '../../server/request.js'
import type { HttpResponse } from '../../server/response.js'
import type { RequestContext } from '../../server/route.js'
import { billingPathOf } from '../billing/billing-path.js'
import { type KatanaContext, priceOf } from '../context.js'
import { readGenerationRequest, totalCredits } from './generation-request.js'

/** Sells images and videos by the one path that the request takes. */
export async function sellGeneration(
  context: KatanaContext,
  incoming: RequestContext
): Promise<HttpResponse> {
  const { settings, jobs, billing } = context
  const { request, paid, faults } = incoming
  const path = await billingPathOf(context.pathContext, request, paid)
  if (path.path === 'refused') return path.response
  const items = readGenerationRequest(await readJson(request), settings)
  const credits = totalCredits(items)
  const submission = { items, holds: request.search.get('wait') === 'true', effects: faults.effects() }
  // Katana 103 and 104: where nothing is taken there is nothing to pay, and nothing to poll.
  if (credits === 0n) return jobs.submit({ ...submission, holds: false })
  if (path.path === 'direct') {
    const price = priceOf(context, credits)
    const charge = {
      price,
      resource: { url: `${context.url()}${request.path}${request.query}`, description: 'Image generation' },
      quoteKey: await fingerprintOf(request),
      fulfil: ({ facilitator, payer }: Receipt) => {
        const refund = (): void => billing.refund(facilitator, payer, price.subtotalAtomic)
        return jobs.submit({ ...submission, refund })
      }
    }
    return context.payments.serve(request, context.protocol, charge, faults)
  }
  const interruption = faults.beforeSettling()
  if (interruption) return interruption
  const hold = billing.hold(path, credits)
  if (!('settle' in hold)) return hold
  const owner = path.path === 'account' ? path.account.key : undefined
  const charge = { refund: () => void hold.settle(0n), ...(owner === undefined ? {} : { owner }) }
  const response = await jobs.submit({ ...submission, ...charge })
  return faults.afterSettling(response, () => response)
}

type Receipt = Parameters<Parameters<KatanaContext['payments']['serve']>[2]['fulfil']>[0]

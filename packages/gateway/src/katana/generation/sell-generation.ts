import { fingerprintOf, readJson } from '../../server/request.js'
import type { HttpResponse } from '../../server/response.js'
import type { RequestContext } from '../../server/route.js'
import { billingPathOf, type HeldFunds } from '../billing/billing-path.js'
import { chargeHeldFunds } from '../billing/charge-held-funds.js'
import type { CreditUnits } from '../catalogue/credits.js'
import { type KatanaContext, priceOf, urlOf } from '../context.js'
import { readGenerationRequest, totalCredits } from './generation-request.js'
import type { Submission } from './job-service.js'

/** `POST /v1/generation-requests`: sells images and videos, paid in the way that the request chooses. */
export async function sellGeneration(
  context: KatanaContext,
  incoming: RequestContext
): Promise<HttpResponse> {
  const { request, faults } = incoming
  const path = await billingPathOf(context, incoming)
  if (path.path === 'rejected') return path.response
  const items = readGenerationRequest(await readJson(request), context.settings)
  const credits = totalCredits(items)
  const waits = request.search.get('wait') === 'true'
  const submission: Submission = { items, waits, effects: faults.effects() }
  // When every item is rejected there is nothing to pay and nothing to wait for (Katana 103 and 104).
  if (credits === 0n) return context.jobs.submit({ ...submission, waits: false })
  return path.path === 'direct'
    ? sellDirectly(context, incoming, { submission, credits })
    : chargeToFunds(context, incoming, { submission, credits, funds: path })
}

interface Order {
  readonly submission: Submission
  readonly credits: CreditUnits
}

async function sellDirectly(
  context: KatanaContext,
  incoming: RequestContext,
  { submission, credits }: Order
): Promise<HttpResponse> {
  const { payments, billing, jobs, protocol } = context
  const price = priceOf(context, credits)
  return payments.sell(incoming, {
    protocol,
    price,
    resource: { url: urlOf(context, incoming.request), description: 'Image generation' },
    quoteKey: await fingerprintOf(incoming.request),
    fulfil: (receipt) =>
      jobs.submit({ ...submission, refund: () => billing.refund(receipt, price.subtotalAtomic) })
  })
}

function chargeToFunds(
  { billing, jobs }: KatanaContext,
  incoming: RequestContext,
  { submission, credits, funds }: Order & { readonly funds: HeldFunds }
): Promise<HttpResponse> {
  const owner = funds.path === 'account' ? { owner: funds.account.key } : {}
  return chargeHeldFunds(billing, incoming, {
    funds,
    credits,
    work: (hold) => jobs.submit({ ...submission, ...owner, refund: () => void hold.settle(0n) })
  })
}

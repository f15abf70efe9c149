import type { HttpResponse } from '../../server/response.js'
import type { RequestContext } from '../../server/route.js'
import type { CreditUnits } from '../catalogue/credits.js'
import type { Billing } from './billing.js'
import type { HeldFunds } from './billing-path.js'
import type { Hold } from './funding-source.js'

/** A request that is paid by funds which the gateway holds. */
interface HeldCharge {
  readonly funds: HeldFunds
  /** What is reserved before the work begins. */
  readonly credits: CreditUnits
  /** Does the work. It settles the hold, unless the whole of it is charged. */
  work(hold: Hold): Promise<HttpResponse> | HttpResponse
}

/** Reserves the credits and does the work, or answers what is missing. Faults apply as they do to payments. */
export async function chargeHeldFunds(
  billing: Billing,
  { faults }: RequestContext,
  { funds, credits, work }: HeldCharge
): Promise<HttpResponse> {
  const interruption = faults.beforeSettling()
  if (interruption) return interruption
  const hold = billing.hold(funds, credits)
  if (!('settle' in hold)) return hold
  const response = await work(hold)
  return faults.afterSettling(response, () => response)
}

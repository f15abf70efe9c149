import {
  ACCOUNT,
  type AccountCall,
  type AccountReservation,
  BursarError,
  type ErrorContexts,
  formatUsdc,
  type OpenAccountCall
} from '@bursar/core'
import { assertWithinLimit } from './assert-within-limit.js'
import type { MeterContext } from './meter-context.js'
import { meteredCall } from './metered-call.js'
import { askToConfirm } from './policy/ask-to-confirm.js'
import type { Policy } from './policy/policy.js'

/** What becomes of a call that is opened. */
interface Opening {
  /** Of the purchase that it becomes. */
  readonly id: string
  /** Takes the question about it back. */
  readonly signal: AbortSignal | undefined
}

/**
 * Reserves the most that an account can be charged for a call, whose labels and limit were checked.
 *
 * @throws {BursarError} as {@link AccountMeter.open}
 */
export async function openAccountCall(
  context: MeterContext,
  call: AccountCall,
  { id, signal }: Opening
): Promise<OpenAccountCall> {
  await confirm(context.policy, call, signal)
  // What was asked may have taken minutes.
  assertWithinLimit(context.policy, call)
  await context.ledger.reserve(buildReservation(context.policy, call, id))
  return meteredCall(context.ledger, call, id)
}

/** @throws {BursarError} `offer/declined` */
async function confirm(
  policy: Policy,
  { method, url, maxCost }: AccountCall,
  signal: AbortSignal | undefined
): Promise<void> {
  const { host, pathname: path } = url
  const amount = formatUsdc(maxCost)
  const offer = { amount, network: ACCOUNT, payTo: host }
  const proposal = { ...offer, symbol: 'USD', cost: amount, method, host, path, asset: 'USD' }
  const { confirm: ask } = policy
  if (ask === undefined) return
  const declined = (what: string, cause?: unknown): BursarError => declinedError(offer, { what, cause })
  await askToConfirm(ask, proposal, { signal, declined })
}

function declinedError(
  offer: ErrorContexts['offer/declined'],
  { what, cause }: { readonly what: string; readonly cause?: unknown }
): BursarError<'offer/declined'> {
  return new BursarError('offer/declined', {
    message: `${what} that ${offer.payTo} bills its account up to ${offer.amount} USD. Nothing was sent.`,
    context: offer,
    moneyState: 'none',
    cause
  })
}

function buildReservation(policy: Policy, call: AccountCall, id: string): AccountReservation {
  const { method, maxCost, labels } = call
  const { origin, pathname: path, host } = call.url
  return {
    kind: 'account',
    id,
    // Unique, so that the call is never resumed: nothing is signed that could be sent again.
    fingerprint: id,
    method,
    origin,
    path,
    offer: {
      dialect: 'account',
      network: ACCOUNT,
      asset: 'USD',
      payTo: host,
      amountAtomic: maxCost,
      cost: maxCost
    },
    guards: { budgets: policy.limits.budgets([host], labels) },
    labels
  }
}

import {
  type AtomicUsdc,
  bursarErrorOf,
  formatUsdc,
  isBursarError,
  type Purchase,
  readLedgerTime
} from '@bursar/core'
import { awaitCredit, type Credit, isLongAgo, POLL_MS, UNKNOWN_CREDIT_MS } from './await-credit.js'
import type { PrepaidContext } from './prepaid-context.js'
import { insufficientBalance } from './prepaid-errors.js'
import type { Shortfall } from './service.js'
import { topUp, topUpAmount } from './top-up.js'
import { isRuleBudget, type ParsedRule, type ReadRule } from './top-up-rule.js'
import { findSeriesEnd } from './top-up-series.js'

/** How a balance was topped up: for this very call, or by another call or process meanwhile. */
interface Replenished {
  readonly isOurs: boolean
  /** The top-up, where it is known. */
  readonly purchase?: string
}

/** The call for which a balance is topped up. */
interface Cause {
  /** Unix milliseconds of this machine's clock. */
  readonly sentAtMs: number
  /** By how much it fell short, if known. */
  readonly shortfall?: Shortfall | undefined
  /** The top-up that it was sent again after: it falls short in spite of that one, whatever the clocks say. */
  readonly after?: string | undefined
}

/** Tops a balance up for a call. */
export type Replenish = (cause: Cause) => Promise<Replenished>

/**
 * Builds what tops a balance up by a rule: one top-up at a time in this process, and, by their numbered names, among all
 * that share the ledger. The next name is taken only when the top-up before is settled and its credit can be seen, so that
 * a service that takes money and credits nothing gets it once; where nothing can tell, once a day.
 */
export function createTopUpByRule(context: PrepaidContext, readRule: ReadRule): Replenish {
  let running: Promise<Replenished> | undefined
  return async (cause) => {
    if (running) return { ...(await running), isOurs: false }
    running = replenish(context, readRule, cause)
    try {
      return await running
    } finally {
      running = undefined
    }
  }
}

async function replenish(context: PrepaidContext, readRule: ReadRule, cause: Cause): Promise<Replenished> {
  const { clock, ledger } = context.parts
  const { shortfall, sentAtMs, after } = cause
  const deadlineMs = clock.nowMs() + ruleOf(context, readRule, shortfall).creditWaitMs
  for (;;) {
    // It may have changed while another process was waited for.
    const rule = ruleOf(context, readRule, shortfall)
    const { next, last } = await findSeriesEnd(context)
    const state = last ? await settleLast(context, rule, last) : 'none'
    if (typeof state === 'object') {
      const { paid } = state
      const nowMs = await readLedgerTime(ledger, clock)
      const sinceEndMs = nowMs - state.endedMs
      if (sinceEndMs <= clock.nowMs() - sentAtMs && paid.id !== after)
        return { isOurs: false, purchase: paid.id }
      assertCooledDown(context, rule, sinceEndMs)
      await assertCreditKnown(context, state)
    }
    if (state !== 'pending' && (await tryTopUp(context, rule, { name: next, missing: shortfall?.missing })))
      return { isOurs: true }
    if (clock.nowMs() >= deadlineMs) break
    await clock.sleep(POLL_MS)
  }
  throw insufficientBalance(context, shortfall?.missing, 'another process is topping it up and does not end')
}

/** A top-up that has settled, by the clock of the ledger, and whether it was credited, as far as anything tells. */
interface EndedTopUp {
  readonly endedMs: number
  readonly paid: Purchase
  readonly credit: Credit
}

/** The state of the previous top-up: it failed, is in progress, or ended. */
type LastState = 'none' | 'pending' | EndedTopUp

async function settleLast(context: PrepaidContext, rule: ParsedRule, last: Purchase): Promise<LastState> {
  const { ledger, resolve } = context.parts
  if (last.call === 'failed' && last.name !== undefined) await resumeTopUp(context, rule, last)
  const known = (await ledger.find({ id: last.id })) ?? last
  // A service that answered without a receipt leaves it to the chain to say that the payment settled.
  const now = known.state === 'sent' && known.call === 'answered' ? await resolve(known) : known
  if (now.state === 'dead' || now.state === 'released') return 'none'
  if (now.state !== 'settled') return 'pending'
  const credit = await awaitCredit(context, now, rule.creditWaitMs)
  return { endedMs: now.settledAtMs, paid: now, credit }
}

/**
 * A top-up whose answer is lost, paid or not: the same top-up again, which pays a second time only when the chain proves the first payment
 * dead, and then within the rule. Where it settled, whatever is answered, the credit decides.
 */
async function resumeTopUp(context: PrepaidContext, rule: ParsedRule, last: Purchase): Promise<void> {
  const { name = '' } = last
  try {
    await topUpWithin(context, rule, { name, amount: topUpAmount(last) })
  } catch (error) {
    const hasSettled = bursarErrorOf(error)?.moneyState === 'settled'
    if (!hasSettled && !isBursarError(error, 'purchase/already-settled')) throw error
  }
}

/** @returns whether it was paid; not when another process was faster. */
async function tryTopUp(
  context: PrepaidContext,
  rule: ParsedRule,
  { name, missing }: { readonly name: string; readonly missing: AtomicUsdc | undefined }
): Promise<boolean> {
  try {
    await topUpWithin(context, rule, { name, amount: rule.amount, missing })
  } catch (error) {
    if (fasterCodes.some((code) => isBursarError(error, code))) return false
    throw error
  }
  const paid = await context.parts.ledger.find({ name })
  if (paid) await awaitCredit(context, paid, rule.creditWaitMs)
  return true
}

/** One top-up of a rule: its budgets are checked against it in the step that reserves its cost. */
interface RuleTopUp {
  readonly name: string
  readonly amount: AtomicUsdc
  readonly missing?: AtomicUsdc | undefined
}

async function topUpWithin(
  context: PrepaidContext,
  rule: ParsedRule,
  { name, amount, missing }: RuleTopUp
): Promise<void> {
  try {
    await topUp(context, amount, { purchase: name, topUpRoom: rule.budgets(context.origin) })
  } catch (error) {
    const overLimit = bursarErrorOf(error, 'offer/over-limit')
    if (!overLimit || !isRuleBudget(overLimit.context.limit)) throw error
    const { limit, allowed, used, requested } = overLimit.context
    const reason = `"${limit}" allows ${allowed} USDC, of which ${used} is used, and it costs ${requested}`
    throw insufficientBalance(context, missing, reason)
  }
}

/** What the paying fetch says of a name that another process has taken. */
const fasterCodes = ['purchase/in-progress', 'purchase/name-taken', 'purchase/already-settled'] as const

/** The rule that holds now. @throws {BursarError} `balance/insufficient` where none does, or a top-up by it is not enough. */
function ruleOf(context: PrepaidContext, readRule: ReadRule, shortfall: Shortfall | undefined): ParsedRule {
  const rule = readRule()
  if (!rule) throw insufficientBalance(context, shortfall?.missing, 'no rule allows it any more')
  assertSuffices(context, rule, shortfall)
  return rule
}

/** @throws {BursarError} `balance/insufficient` */
function assertSuffices(context: PrepaidContext, { amount }: ParsedRule, shortfall?: Shortfall): void {
  if (!shortfall?.isExact || shortfall.missing <= amount) return
  const reason = `a top-up brings ${formatUsdc(amount)} USDC, which is not enough`
  throw insufficientBalance(context, shortfall.missing, reason)
}

/** Where no pause is asked for, no clock can ask for one. @throws {BursarError} `balance/insufficient` */
function assertCooledDown(context: PrepaidContext, { cooldownMs }: ParsedRule, sinceEndMs: number): void {
  if (cooldownMs === 0 || sinceEndMs >= cooldownMs) return
  throw insufficientBalance(context, undefined, `the last top-up was less than ${cooldownMs} ms ago`)
}

/**
 * A service that credits nothing, of whose payment the chain names no transaction, gets one top-up a day: what is unknown is
 * taken neither for a credit nor for ever.
 *
 * @throws {BursarError} `balance/insufficient`
 */
async function assertCreditKnown(context: PrepaidContext, { credit, paid }: EndedTopUp): Promise<void> {
  if (credit === 'shown' || (await isLongAgo(context, paid))) return
  const usdc = formatUsdc(topUpAmount(paid))
  const next = new Date(paid.reservedAtMs + UNKNOWN_CREDIT_MS).toISOString()
  const reason =
    `the top-up of ${usdc} USDC before was paid (purchase ${paid.id}), and nothing shows whether it was credited; ` +
    `the rule makes the next one from ${next} on, and you can top up yourself`
  throw insufficientBalance(context, undefined, reason)
}

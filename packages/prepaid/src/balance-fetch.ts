import {
  abortable,
  BursarError,
  bursarErrorOf,
  discardBody,
  isBursarError,
  isNeverSent,
  parseJsonObject,
  parseUsdc,
  systemCodeOf
} from '@bursar/core'
import { type PrepaidContext, walletOf } from './prepaid-context.js'
import { insufficientBalance, stillInsufficient } from './prepaid-errors.js'
import { noteSpent, readBalance } from './read-account.js'
import { readInTime } from './read-answer.js'
import type { Shortfall } from './service.js'
import type { Replenish } from './top-up-by-rule.js'
import type { ReadRule } from './top-up-rule.js'

/** How many top-ups a call may wait for, which other calls may then use up. It causes one itself. */
const MAX_TOP_UPS = 3
/** How often the balance is looked at for a rule that tops up ahead. */
const LOOK_EVERY_MS = 10_000
/** The key that SDKs are given because they insist on one. It is no credential, and is not sent. */
const placeholderKey = /^Bearer x402$/i

/** Is told, as a call goes on, whether the service may have charged it by now. */
export type ChargeListener = (mayBeCharged: boolean) => void

/** fetch, paid from a balance. */
export type BalanceFetch = (
  input: string | URL | Request,
  init?: RequestInit,
  onCharge?: ChargeListener
) => Promise<Response>

/** A rule, and what tops up by it. */
export interface TopUpByRule {
  readonly rule: ReadRule
  readonly replenish: Replenish
}

/** One request, its body read, so that it can be sent again. */
interface CapturedCall {
  readonly request: Request
  readonly body: ArrayBuffer | undefined
  readonly onCharge: ChargeListener
}

/** Builds the fetch that is paid from a prepaid balance, topped up by a rule where there is one. */
export function createBalanceFetch(context: PrepaidContext, byRule: TopUpByRule | undefined): BalanceFetch {
  const topUpAhead = byRule && createTopUpAhead(context, byRule)
  const pay = async (call: CapturedCall): Promise<Response> => {
    const isToppedUp = (await topUpAhead?.()) === true
    try {
      return await sendUntilPaid(context, call, byRule?.replenish)
    } catch (error) {
      throw isToppedUp ? afterTopUp(context, error) : error
    } finally {
      void noteSpent(context)
    }
  }
  return async (input, init = {}, onCharge = () => {}) => {
    onCharge(false)
    const request = new Request(input, init)
    const body = request.body === null ? undefined : await request.arrayBuffer()
    // A top-up goes on without its caller, since other calls share it.
    return abortable(pay({ request, body, onCharge }), request.signal)
  }
}

async function sendUntilPaid(
  context: PrepaidContext,
  call: CapturedCall,
  replenish: Replenish | undefined
): Promise<Response> {
  let shortfall: Shortfall | undefined
  let after: string | undefined
  let hasPaid = false
  for (let count = 0; count < MAX_TOP_UPS && !hasPaid; count++) {
    const sentAtMs = context.parts.clock.nowMs()
    const answer = await send(context, call)
    shortfall = await readShortfall(context, call, answer)
    if (!shortfall) return answer
    if (!replenish) throw insufficientBalance(context, shortfall.missing, 'no rule allows it')
    call.request.signal.throwIfAborted()
    const { isOurs, purchase } = await replenish({ sentAtMs, shortfall, after })
    hasPaid = isOurs
    after = purchase
  }
  const last = await send(context, call)
  shortfall = await readShortfall(context, call, last)
  if (!shortfall) return last
  throw stillInsufficient(context, shortfall.missing, { isOurs: hasPaid })
}

/** The error of a call for which the balance was topped up before it was sent. */
function afterTopUp(context: PrepaidContext, error: unknown): unknown {
  const short = bursarErrorOf(error, 'balance/insufficient')
  if (short?.moneyState !== 'none') return error
  const { missing, reason } = short.context
  const lacks = missing === undefined ? undefined : parseUsdc(missing)
  return stillInsufficient(context, lacks, { isOurs: true, reason })
}

/** Builds what tops the balance up before a call, and says whether it was paid for that call. */
function createTopUpAhead(context: PrepaidContext, { rule, replenish }: TopUpByRule): () => Promise<boolean> {
  let lookedAtMs = Number.NEGATIVE_INFINITY
  return async () => {
    try {
      const below = rule()?.below
      const nowMs = context.parts.clock.nowMs()
      if (below === undefined || nowMs - lookedAtMs < LOOK_EVERY_MS) return false
      lookedAtMs = nowMs
      if ((await readBalance(context)) >= below) return false
      return (await replenish({ sentAtMs: nowMs })).isOurs
    } catch (error) {
      // What is there may do for this call. Where money is out, the caller must know.
      if (bursarErrorOf(error)?.moneyState !== 'none') throw error
      return false
    }
  }
}

/** The proof goes to its own origin: a redirect is not followed, so that it goes nowhere else. */
async function send(context: PrepaidContext, { request, body, onCharge }: CapturedCall): Promise<Response> {
  const { url, method, signal } = request
  const { name, value } = (await walletOf(context).createProof(url)).headerFor(url)
  const headers = new Headers(request.headers)
  if (placeholderKey.test(headers.get('authorization') ?? '')) headers.delete('authorization')
  headers.set(name, value)
  const init: RequestInit = { method, headers, redirect: 'manual', credentials: 'omit', signal }
  // A caller who gave up meanwhile was told that nothing was charged.
  signal.throwIfAborted()
  onCharge(true)
  try {
    return assertNoRedirect(
      context,
      await context.plainFetch(url, body === undefined ? init : { ...init, body })
    )
  } catch (error) {
    if (isBursarError(error) || signal.aborted) throw error
    if (!isNeverSent(error)) throw unanswered(context, error)
    onCharge(false)
    throw unreached(context, error)
  }
}

/** @throws {BursarError} `service/refused` */
function assertNoRedirect({ service }: PrepaidContext, response: Response): Response {
  const { status, type } = response
  if (type !== 'opaqueredirect' && (status < 300 || status > 399)) return response
  const reason = 'a redirect is not followed'
  throw new BursarError('service/refused', {
    message: `${service.name}: the call was answered with a redirect, which is not followed. Whether it was charged is not known.`,
    context: { service: service.name, operation: 'call', status, reason },
    moneyState: 'unknown'
  })
}

/** The service may have charged the balance before the answer was lost. */
function unanswered({ service, origin }: PrepaidContext, cause: unknown): BursarError<'service/unreachable'> {
  return new BursarError('service/unreachable', {
    message: `${service.name}: the call was not answered by ${origin}. Whether the balance was charged is not known; look at it before sending the call again.`,
    context: { service: service.name, operation: 'call', origin },
    moneyState: 'unknown',
    cause
  })
}

/** Not a byte of the call was sent. */
function unreached({ service, origin }: PrepaidContext, cause: unknown): BursarError<'service/unreachable'> {
  return new BursarError('service/unreachable', {
    message: `${service.name}: ${origin} cannot be reached (${systemCodeOf(cause)}). Nothing was charged. Check that address, and send the call again.`,
    context: { service: service.name, operation: 'call', origin },
    moneyState: 'none',
    cause
  })
}

/** Reads from a 402 what the call lacks. If the 402 says something else, its body stays readable. */
async function readShortfall(
  context: PrepaidContext,
  { request: { signal }, onCharge }: CapturedCall,
  answer: Response
): Promise<Shortfall | undefined> {
  if (answer.status !== 402) return undefined
  const { service, network } = context
  const { headers } = answer
  const text = await readInTime(answer.clone(), context.parts.clock).catch((error: unknown) => {
    // Of two copies of a body, the connection is let go of with the second.
    discardBody(answer)
    throw signal.aborted ? error : unanswered(context, error)
  })
  const body = text === undefined ? undefined : parseJsonObject(text)
  const shortfall = service.shortfall({ headers, body, network })
  if (!shortfall) return undefined
  onCharge(false)
  discardBody(answer)
  return shortfall
}

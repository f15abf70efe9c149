import { bursarParts, type HasBursarParts, isBursarError } from '@bursar/core'
import type { Prepaid } from '@bursar/prepaid'
import type { BillingPath } from '../billing.js'
import type { CallOptions } from '../call-options.js'
import type { ChatCompletion, WholeBody } from '../chat-completion.js'
import type { Estimate } from '../pricing/estimate.js'

/** What has texts written: a client of Katana, and the bursar that it is made over. */
export interface TextPayer {
  readonly bursar: HasBursarParts
  readonly katana: TextClient
}

/** As much of a client of Katana as texts need. */
export interface TextClient {
  readonly balance: Pick<Prepaid, 'balance' | 'origin'>
  readonly chat: {
    readonly completions: { create(body: WholeBody, options: CallOptions): Promise<ChatCompletion> }
  }
  estimate(body: WholeBody): Estimate | undefined
}

/** A text, and how it was paid. */
export interface PaidText {
  readonly completion: ChatCompletion
  readonly billing: BillingPath
  /** What the balance was charged and what it holds now, in decimal USDC, as far as the service says so. */
  readonly fromBalance?: { readonly paid?: string; readonly left?: string }
}

/**
 * Has a text written, and pays for it as cheaply as it can be paid. A prepaid balance gets back what a text does not use; a
 * direct payment does not. So `auto`, the default, uses the balance when it holds the most that the text can cost, and
 * pays directly otherwise.
 *
 * @throws as `katana.chat.completions.create`
 */
export async function completeText(
  payer: TextPayer,
  body: WholeBody,
  { billing = 'auto', ...call }: CallOptions = {}
): Promise<PaidText> {
  const complete = async (path: BillingPath): Promise<PaidText> => {
    const completion = await payer.katana.chat.completions.create(body, { ...call, billing: path })
    return {
      completion,
      billing: path,
      ...(path === 'wallet' ? { fromBalance: balanceUse(completion) } : {})
    }
  }
  const path = billing === 'auto' ? await cheapestPath(payer, body) : billing
  try {
    return await complete(path)
  } catch (error) {
    // Another call has used up the balance meanwhile. Nothing was paid.
    if (billing === 'auto' && path === 'wallet' && isBursarError(error, 'balance/insufficient'))
      return complete('direct')
    throw error
  }
}

function balanceUse({ usage }: ChatCompletion): NonNullable<PaidText['fromBalance']> {
  const { paid_usdc: paid, wallet_balance_after_usdc: left } = usage?.imgnai ?? {}
  return {
    ...(isDecimal(paid) ? { paid: String(paid) } : {}),
    ...(isDecimal(left) ? { left: String(left) } : {})
  }
}

/** The service writes it, and people read it. */
function isDecimal(value: unknown): boolean {
  return (
    (typeof value === 'string' || typeof value === 'number') &&
    /^\d{1,12}(?:\.\d{1,18})?$/.test(String(value))
  )
}

async function cheapestPath({ bursar, katana }: TextPayer, body: WholeBody): Promise<'direct' | 'wallet'> {
  const maxCost = katana.estimate(body)?.usdAtomic
  if (maxCost === undefined || (await readBalance(katana)) < maxCost) return 'direct'
  return (await hasUnanswered(bursar, katana.balance.origin)) ? 'direct' : 'wallet'
}

/** A balance that cannot be read pays nothing: the service is down, or the wallet signs payments and no texts. */
async function readBalance({ balance }: TextClient): Promise<bigint> {
  try {
    return await balance.balance()
  } catch (error) {
    if (isBursarError(error)) return 0n
    throw error
  }
}

/** An authorization lives for five minutes, and what it paid for is resumed for ten more. */
const RESUMED_MS = 900_000

/**
 * Whether a text was paid directly, or may be, whose answer nobody has. If the same text is requested again, only a direct
 * call resumes it: the balance would pay for it a second time.
 */
async function hasUnanswered(bursar: HasBursarParts, origin: string): Promise<boolean> {
  const { ledger, clock } = bursar[bursarParts]()
  const query = { fromMs: clock.nowMs() - RESUMED_MS, host: new URL(origin).host }
  for await (const { call, state, path } of ledger.history(query)) {
    const isPaid = state === 'signed' || state === 'sent' || state === 'settled'
    if (call === 'failed' && isPaid && path.endsWith('/chat/completions')) return true
  }
  return false
}

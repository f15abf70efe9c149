import { type PurchaseOffer, readLedgerTime } from '@bursar/core'
import { type Bought, FailedCall } from './failed-call.js'
import { limitsLeft } from './limits-left.js'
import { sumWords } from './money-words.js'
import type { SpendingContext } from './spending-context.js'
import type { ToolOutput } from './tool-output.js'

/** A call whose purchases have its id as their label `call`. */
export interface LabelledCall {
  readonly id: string
  /** Unix milliseconds of the context's clock. */
  readonly startedAtMs: number
}

/** Clocks are set right now and then. */
const CLOCK_MARGIN_MS = 60_000

/**
 * Runs a tool that may spend, and adds what it spent and what is left.
 *
 * @throws {FailedCall} with what the ledger has of it.
 */
export async function runSpending(
  context: Pick<SpendingContext, 'ledger' | 'limits' | 'currentLimits' | 'clock'>,
  call: LabelledCall,
  run: () => Promise<ToolOutput>
): Promise<ToolOutput> {
  try {
    const output = await run()
    // The bought result is returned even if the ledger cannot be read afterwards.
    const report = await reportOn(context, call).catch(() => undefined)
    return { ...output, ...report, ...('spent' in output ? { spent: output.spent } : {}) }
  } catch (error) {
    const bought = await boughtBy(context, call).catch(() => undefined)
    throw new FailedCall(error, bought ?? { spent: undefined, job: undefined })
  }
}

/** What a call has spent, and what is left. */
export async function reportOn(
  context: Pick<SpendingContext, 'ledger' | 'limits' | 'currentLimits' | 'clock'>,
  call: LabelledCall
): Promise<ToolOutput> {
  const { spent } = await boughtBy(context, call)
  return { spent, left: await limitsLeft(context) }
}

/** What the ledger has of a call. The ledger's clock and the context's may be two. */
export async function boughtBy(
  { ledger, clock }: Pick<SpendingContext, 'ledger' | 'clock'>,
  { id, startedAtMs }: LabelledCall
): Promise<Bought> {
  const offers: PurchaseOffer[] = []
  let firstJob: string | undefined
  const begunMs = (await readLedgerTime(ledger, clock)) - (clock.nowMs() - startedAtMs)
  const query = { labels: { call: id }, fromMs: Math.max(0, begunMs - CLOCK_MARGIN_MS) }
  for await (const { offer, state, job } of ledger.history(query)) {
    if (state === 'released' || state === 'dead') continue
    offers.push(offer)
    firstJob ??= job
  }
  return { spent: sumWords(offers), job: firstJob }
}

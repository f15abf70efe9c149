import { authorizationOf, loggable, type Purchase } from '@bursar/core'
import { type LearnedOutcome, learnOutcome } from './learn-outcome.js'
import type { PaymentContext } from './payment-context.js'

/** How many purchases the chain is asked about at a time. */
const CONCURRENCY = 8

/** The outcome of a purchase that was open. */
export interface Recovery {
  readonly purchase: Purchase
  /**
   * `settled` and `dead` are final. `waiting` can still settle, at the latest until `knownAtMs`; an equal call sends
   * its bytes again. `unknown`: the chain could not be asked.
   */
  readonly outcome: 'settled' | 'dead' | 'waiting' | 'unknown'
  /** Unix milliseconds at which the chain knows for certain. */
  readonly knownAtMs?: number
}

/** Asks the chain about every open payment that no call waits for, and records the answers. */
export async function recover(context: PaymentContext): Promise<readonly Recovery[]> {
  const left = (await context.ledger.outstanding()).filter(({ call }) => call !== 'open')
  const recoveries: Recovery[] = []
  const worker = async (): Promise<void> => {
    for (let purchase = left.shift(); purchase; purchase = left.shift())
      recoveries.push(await recoverOne(context, purchase))
  }
  await Promise.all(Array.from({ length: CONCURRENCY }, worker))
  return recoveries.map((recovery) => loggable({ ...recovery, purchase: loggable(recovery.purchase) }))
}

async function recoverOne(context: PaymentContext, purchase: Purchase): Promise<Recovery> {
  if (authorizationOf(purchase)) return recoveryOf(purchase, await learnOutcome(context, purchase))
  // It cannot be known whether an account was billed for a call of a killed process, so it counts in full.
  const settled = await context.ledger.recordEvent(purchase.id, { type: 'settled' })
  return { purchase: settled, outcome: 'settled' }
}

const outcomes = { settled: 'settled', none: 'dead', sent: 'waiting', unknown: 'unknown' } as const

function recoveryOf(before: Purchase, { purchase, moneyState }: LearnedOutcome): Recovery {
  const outcome = outcomes[moneyState]
  const expiresAtSeconds = authorizationOf(before)?.expiresAtSeconds
  return outcome === 'waiting' && expiresAtSeconds !== undefined
    ? { purchase, outcome, knownAtMs: expiresAtSeconds * 1000 }
    : { purchase, outcome }
}

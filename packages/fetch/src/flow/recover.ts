import { authorizationOf, loggable, type Purchase } from '@bursar/core'
import { type LearnedOutcome, learnOutcomes } from './learn-outcome.js'
import type { PaymentContext } from './payment-context.js'

/** How many purchases one request to the chain covers, and how many requests there are at a time. */
const BATCH_SIZE = 20
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
    while (left.length > 0) recoveries.push(...(await recoverBatch(context, left.splice(0, BATCH_SIZE))))
  }
  await Promise.all(Array.from({ length: CONCURRENCY }, worker))
  return recoveries.map((recovery) => loggable({ ...recovery, purchase: loggable(recovery.purchase) }))
}

async function recoverBatch(
  context: PaymentContext,
  purchases: readonly Purchase[]
): Promise<readonly Recovery[]> {
  const paid = purchases.filter((purchase) => authorizationOf(purchase))
  const charged = purchases.filter((purchase) => !authorizationOf(purchase))
  const learned = await learnOutcomes(context, paid)
  const recovered = learned.flatMap((outcome, index) => {
    const before = paid[index]
    return before ? [recoveryOf(before, outcome)] : []
  })
  return [...recovered, ...(await Promise.all(charged.map((purchase) => countInFull(context, purchase))))]
}

/** It cannot be known whether an account was billed for a call of a killed process, so it counts in full. */
async function countInFull(context: PaymentContext, { id }: Purchase): Promise<Recovery> {
  const settled = await context.ledger.recordEvent(id, { type: 'settled' })
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

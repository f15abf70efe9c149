import type { Purchase } from '@bursar/core'
import type { askChain, Known } from './ask-chain.js'
import type { Desk } from './desk.js'

/** How many purchases the chain is asked about at a time. */
const AT_ONCE = 8

/** What became of a purchase that was not final. */
export interface Recovery {
  readonly purchase: Purchase
  /**
   * `settled` and `dead` are final. `waiting` can still settle, at the latest until `knownAtMs`; an equal call sends
   * its bytes again. `unknown`: the chain could not be asked.
   */
  readonly outcome: 'settled' | 'dead' | 'waiting' | 'unknown'
  /** Unix milliseconds at which the chain can tell for certain. */
  readonly knownAtMs?: number
}

/**
 * Asks the chain about every payment that is out and that no call is waiting for, and writes down what it says.
 *
 * @param ask is handed in, so that this can be loaded when it is needed without a share in what is always loaded.
 */
export async function recover(desk: Desk, ask: typeof askChain): Promise<readonly Recovery[]> {
  const left = (await desk.ledger.outstanding()).filter(({ call }) => call !== 'open')
  const recoveries: Recovery[] = []
  const worker = async (): Promise<void> => {
    for (let purchase = left.shift(); purchase; purchase = left.shift())
      recoveries.push(
        purchase.authorization
          ? recoveryOf(purchase, await ask(desk, purchase))
          : // Whether an account was billed for a call that a killed process made, nobody can tell.
            { purchase: await desk.ledger.recordEvent(purchase.id, { type: 'settled' }), outcome: 'settled' }
      )
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  return recoveries
}

const outcomes = { settled: 'settled', none: 'dead', sent: 'waiting', unknown: 'unknown' } as const

function recoveryOf(before: Purchase, { purchase, moneyState }: Known): Recovery {
  const outcome = outcomes[moneyState]
  const expires = before.payment?.expiresAtSeconds
  return outcome === 'waiting' && expires !== undefined
    ? { purchase, outcome, knownAtMs: expires * 1000 }
    : { purchase, outcome }
}

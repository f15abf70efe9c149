import { setTimeout as sleep } from 'node:timers/promises'
import { bursarErrorOf, systemClock } from '@bursar/core'
import type { BursarEvent } from '@bursar/fetch'
import { openWatchingBursar } from '../accounts/open-accounts.js'
import { serviceEndpoint } from '../accounts/service-endpoint.js'
import type { CommandContext } from '../context.js'
import { commandPolicy } from '../policy/command-policy.js'
import { UsageError } from '../usage-error.js'

/** Looks at the balances of this wallet while the record is watched. */
export interface BalanceLooks {
  /** Something was paid: the balances are read soon. */
  notePaid(): void
  close(): Promise<void>
}

/** The time between two looks, which payments share. */
const REST_MS = 5_000
/** Looks after a payment: a node may see it later than the one that told it. */
const LOOKS = 2

/**
 * Looks at the balances now and after payments, where the policy says what is too little (`lowBalance`), and tells each that fell.
 * What cannot be looked at, for want of an account, is said on standard error.
 */
export async function openBalanceLooks(
  context: CommandContext,
  onLow: (event: BursarEvent) => void
): Promise<BalanceLooks | undefined> {
  if (!commandPolicy(context).policy.lowBalance) return undefined
  const bursar = await openWatchingBursar(context).catch((error: unknown) => {
    if (!(error instanceof UsageError)) throw error
    context.err(`Balances are not watched: ${error.message}.\n`)
  })
  if (!bursar) return undefined
  bursar.on('balance-low', onLow)
  const { findPrepaid } = await import('../accounts/prepaid-balances.js')
  const { baseUrl: katanaUrl } = serviceEndpoint(context.env, 'katana', undefined)
  const look = async (): Promise<void> => {
    const { accounts } = await findPrepaid(bursar, { nowMs: systemClock.nowMs(), katanaUrl })
    await bursar.balances({ prepaid: accounts })
  }
  const { notePaid, close } = repeat(look)
  return { notePaid, close: () => close().then(bursar.close) }
}

/** Does something now, and after each request for it. A record or a chain that cannot be read is read the next time. */
function repeat(look: () => Promise<void>): BalanceLooks {
  const ended = new AbortController()
  const { signal } = ended
  let due = 1
  const run = async (): Promise<void> => {
    for (;;) {
      if (due > 0) await look().catch(throwUnlessOurs)
      due = Math.max(0, due - 1)
      await sleep(REST_MS, undefined, { signal })
    }
  }
  const running = run().catch((error: unknown) => {
    if (!signal.aborted) throw error
  })
  return {
    notePaid() {
      due = LOOKS
    },
    async close() {
      ended.abort()
      await running
    }
  }
}

function throwUnlessOurs(error: unknown): void {
  if (!bursarErrorOf(error)) throw error
}

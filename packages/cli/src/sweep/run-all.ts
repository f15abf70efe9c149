import type { SweepPlan } from '@bursar/core'
import { failedMove, idleMove, reasonOf, runSweep, type SweepTools } from './run-sweep.js'
import type { SweepMove } from './sweep-move.js'

/**
 * Makes the transfers that were confirmed, one after another: of the coin, what the fees before it have left is known only then.
 * After an error that nothing is known of no other is begun, and what was made before it is told all the same.
 *
 * @throws such an error, when nothing was made before it.
 */
export async function runAll(tools: SweepTools, plans: readonly SweepPlan[]): Promise<readonly SweepMove[]> {
  const moves: SweepMove[] = []
  for (const plan of plans) {
    try {
      moves.push(await runOne(tools, plan))
    } catch (error) {
      if (moves.every(({ transaction }) => transaction === undefined)) throw error
      const outcome = { status: 'failed', reason: reasonOf(error) } as const
      return [...moves, ...plans.slice(moves.length).map((each) => ({ plan: each, outcome }))]
    }
  }
  return moves
}

/** Nobody has agreed to a transfer that could not be made when it was shown. */
async function runOne(tools: SweepTools, confirmed: SweepPlan): Promise<SweepMove> {
  const idle = idleMove(confirmed)
  if (idle) return idle
  const plan = await planAgain(tools, confirmed)
  return 'outcome' in plan ? plan : runSweep(tools, plan)
}

/** A network that stops answering keeps nobody from moving what is on the others. */
async function planAgain({ sweeper }: SweepTools, confirmed: SweepPlan): Promise<SweepPlan | SweepMove> {
  if (confirmed.asset) return confirmed
  try {
    const plan = await sweeper.plan(confirmed)
    // What was shown is the most that may be taken. A lower price could leave the transfer pending for long.
    return plan.maxFee > confirmed.maxFee ? { plan, outcome: feeHasRisen } : plan
  } catch (error) {
    return failedMove(confirmed, error)
  }
}

const feeHasRisen = {
  status: 'failed',
  reason: 'its fee has risen above the most that was shown; run the sweep again to see and confirm it'
} as const

import { PURCHASES_PER_HISTORY } from './campaign.js'
import type { Mutant } from './mutant.js'
import { mutants } from './mutants.js'
import { createPlan } from './plan.js'
import { type History, playHistory } from './play-history.js'

/** Where a mend that is taken back is looked for. */
export interface MutantQuery {
  readonly seed: number
  /** At most, for each. */
  readonly purchases: number
}

/** Whether it was found that a mend is taken back, and after how many purchases. */
export interface Finding {
  readonly belief: string
  readonly purchases: number
  readonly found: History | undefined
}

/** Looks for every mend that is taken back, one after the other. */
export async function* findMutants(query: MutantQuery): AsyncGenerator<Finding, void, undefined> {
  for (const mutant of mutants) yield await findMutant(mutant, query)
}

/** Plays histories that could show it, until one breaks the promise. */
async function findMutant(mutant: Mutant, { seed, purchases: most }: MutantQuery): Promise<Finding> {
  let purchases = 0
  for (let next = seed; purchases < most; next++) {
    if (!mutant.suits(createPlan(next, PURCHASES_PER_HISTORY))) continue
    const found = await playHistory({ seed: next, purchases: PURCHASES_PER_HISTORY, mutant })
    purchases += PURCHASES_PER_HISTORY
    if (found.violations.length > 0) return { belief: mutant.belief, purchases, found }
  }
  return { belief: mutant.belief, purchases, found: undefined }
}

import type { Mutant } from './mutant.js'
import { type History, playHistory } from './play-history.js'

/** How many purchases one history has: few enough that it can be read, and many enough that they meet. */
export const PURCHASES_PER_HISTORY = 40

/** Which histories are played. */
export interface CampaignQuery {
  /** Of the first history; those after it have the seeds that follow. */
  readonly seed: number
  readonly purchases: number
  readonly mutant?: Mutant
  /** Called after each history. */
  readonly onHistory?: (history: History, totals: Totals) => void
}

/** What came of all histories together. */
export interface Totals {
  readonly histories: number
  readonly purchases: number
  readonly answered: number
  readonly settled: number
  readonly crashes: number
  readonly events: number
}

/** The first history that breaks the promise, if any does. */
export interface Verdict extends Totals {
  readonly broken: History | undefined
}

const none: Totals = { histories: 0, purchases: 0, answered: 0, settled: 0, crashes: 0, events: 0 }

/** Plays histories, until one breaks the promise or all purchases have been made. */
export async function runCampaign({ seed, purchases, mutant, onHistory }: CampaignQuery): Promise<Verdict> {
  let totals = none
  while (totals.purchases < purchases) {
    const count = Math.min(PURCHASES_PER_HISTORY, purchases - totals.purchases)
    const query = { seed: seed + totals.histories, purchases: count }
    const history = await playHistory(mutant ? { ...query, mutant } : query)
    totals = add(totals, history)
    onHistory?.(history, totals)
    if (history.violations.length > 0) return { ...totals, broken: history }
  }
  return { ...totals, broken: undefined }
}

function add(totals: Totals, history: History): Totals {
  return {
    histories: totals.histories + 1,
    purchases: totals.purchases + history.purchases,
    answered: totals.answered + history.answered,
    settled: totals.settled + history.settled,
    crashes: totals.crashes + history.crashes,
    events: totals.events + history.events
  }
}

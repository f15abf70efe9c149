import { createChance } from '../chance.js'
import { CallSignals } from './call-signals.js'
import { type CallerEnd, wantOnce } from './caller.js'
import { comeToRest } from './come-to-rest.js'
import { Contents } from './contents.js'
import { Faults } from './faults.js'
import { drawIntents } from './intent.js'
import { loadClient } from './load-client.js'
import { type Mutant, noMutant } from './mutant.js'
import { createPlan } from './plan.js'
import { Population } from './population.js'
import { world as outside, Scheduler } from './scheduler.js'
import { SimulatedChain } from './simulated-chain.js'
import { SimulatedDatabase } from './simulated-database.js'
import { SimulatedServer } from './simulated-server.js'
import { Trace } from './trace.js'
import { Watcher } from './watcher.js'
import type { World } from './world.js'

/** Which history is played. */
export interface HistoryQuery {
  readonly seed: number
  readonly purchases: number
  readonly mutant?: Mutant
  /** Whether what happened is kept, to be shown. */
  readonly keepsLines?: boolean
}

/** What came of one history. */
export interface History {
  readonly seed: number
  readonly purchases: number
  readonly answered: number
  readonly settled: number
  readonly crashes: number
  readonly events: number
  /** Equal for equal histories. */
  readonly hash: string
  /** One sentence each; there must be none. */
  readonly violations: readonly string[]
  readonly lines: readonly string[]
}

/** Within this time all wants begin, and everything goes wrong that does. */
const BUSY_MS = 120_000
const STORMY_MS = 400_000
/** More than any history takes that ends. */
const MAX_EVENTS = 300_000

/** Plays one history: so many purchases, at once and one after the other, over processes that share a ledger. */
export async function playHistory(query: HistoryQuery): Promise<History> {
  await loadClient()
  const { seed, purchases, mutant = noMutant, keepsLines = false } = query
  const [plan, chance, trace] = [createPlan(seed, purchases), createChance(seed), new Trace(keepsLines)]
  const scheduler = new Scheduler(chance, trace)
  const [chain, faults] = [new SimulatedChain(scheduler, plan.halt), new Faults(chance, plan.oneIn)]
  const intents = drawIntents(chance, plan)
  const contents = new Contents()
  const watcher = new Watcher({ plan, scheduler, chain, contents })
  const calls = new CallSignals()
  const world: World = { plan, chance, faults, scheduler, chain, watcher, calls }
  const database = new SimulatedDatabase(world, contents)
  const server = new SimulatedServer(world, intents)
  const population = new Population({ world, server, database, mutant })
  scheduler.onEvent = (owner) => population.strike(owner)
  let numbers = 0
  const nextCall = (): number => ++numbers
  const pickProcess = () => population.pick()
  const ends: CallerEnd[] = []
  for (const intent of intents) {
    const occasion = { ms: chance.below(BUSY_MS), owner: outside, what: `wants ${intent.name}` }
    void scheduler
      .wait(occasion)
      .then(() => wantOnce({ world, intent, nextCall, pickProcess }))
      .then((end) => ends.push(end))
  }
  const ms = STORMY_MS + plan.halt.ms
  scheduler.after({ ms, owner: outside, what: 'from now on nothing goes wrong' }, () => {
    faults.isCalm = true
    population.calm()
  })
  await scheduler.runUntil(() => faults.isCalm && ends.length === purchases, MAX_EVENTS)
  let atRest: readonly string[] | undefined
  population.endAll()
  void comeToRest(world, population, contents).then((problems) => {
    atRest = problems
  })
  await scheduler.runUntil(() => atRest !== undefined, MAX_EVENTS)
  return {
    seed,
    purchases,
    answered: ends.filter(({ last }) => last.kind === 'answered').length,
    settled: watcher.settled,
    crashes: population.crashes,
    events: scheduler.events,
    hash: trace.hash,
    violations: [...watcher.violations, ...(atRest ?? ['it never came to rest'])],
    lines: trace.lines
  }
}

/**
 * Plays faults of disks, databases and machines, and kills paying programs at random instants and at every step, lets others
 * carry on, and counts on the chains. Ends with an error when a call was paid twice, a record is lost, a limit was passed, or
 * something else did not hold.
 */
import { playScenarios } from './faults/play-scenarios.js'
import { runKills } from './faults/run-kills.js'
import type { StoreName } from './faults/stage.js'
import { readOptions } from './read-options.js'

const usage = `npm run faults -- [--scenario name] [--crowd] [--kills 60] [--store sqlite|postgres|both] [--seed 1] [--parallel 2] [--log file]

--scenario: plays those whose name contains this, and kills nobody
--crowd: plays nothing but fifty processes on one file, and two hundred connections to one database
--kills: kills so many, and plays nothing else. Default: both, with 60 kills
--log: one line of JSON a chapter is added to the file, and what it has already counts: a campaign goes on where it was left`
const values = readOptions(usage, {
  scenario: { type: 'string' },
  crowd: { type: 'boolean', default: false },
  kills: { type: 'string' },
  store: { type: 'string', default: 'both' },
  seed: { type: 'string', default: '1' },
  parallel: { type: 'string', default: '2' },
  log: { type: 'string' }
})
const [kills, seed, parallel] = [Number(values.kills ?? 60), Number(values.seed), Number(values.parallel)]
const all: readonly StoreName[] = ['sqlite', 'postgres']
const stores = all.filter((store) => values.store === 'both' || values.store === store)
const isWhole = [kills, parallel].every((number) => Number.isInteger(number) && number > 0)
if (!isWhole || !Number.isInteger(seed) || stores.length === 0) {
  console.error(usage)
  process.exit(2)
}
const scenario = values.crowd ? 'crowd' : values.scenario
if (values.kills === undefined && (await playScenarios(scenario)) > 0) process.exitCode = 1
if (scenario === undefined) {
  const total = await runKills({ kills, seed, parallel, stores, log: values.log })
  if (total.paidTwice + total.lostRecords + total.overLimitError > 0) process.exitCode = 1
}

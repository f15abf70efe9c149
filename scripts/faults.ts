/**
 * Kills paying programs at random instants and at every step, lets others carry on, and counts on the chains. Ends
 * with an error when a call was paid twice, a record is lost, or a limit was passed.
 */
import { runKills } from './faults/run-kills.js'
import type { StoreName } from './faults/stage.js'
import { readOptions } from './read-options.js'

const usage = `npm run faults -- [--kills 60] [--store sqlite|postgres|both] [--seed 1] [--parallel 2] [--log file]

--log: one line of JSON a chapter is added to the file, and what it has already counts: a campaign goes on where it was left`
const values = readOptions(usage, {
  kills: { type: 'string', default: '60' },
  store: { type: 'string', default: 'both' },
  seed: { type: 'string', default: '1' },
  parallel: { type: 'string', default: '2' },
  log: { type: 'string' }
})
const [kills, seed, parallel] = [Number(values.kills), Number(values.seed), Number(values.parallel)]
const all: readonly StoreName[] = ['sqlite', 'postgres']
const stores = all.filter((store) => values.store === 'both' || values.store === store)
const isWhole = [kills, parallel].every((number) => Number.isInteger(number) && number > 0)
if (!isWhole || !Number.isInteger(seed) || stores.length === 0) {
  console.error(usage)
  process.exit(2)
}
const total = await runKills({ kills, seed, parallel, stores, log: values.log })
if (total.paidTwice + total.lostRecords + total.overLimitError > 0) process.exitCode = 1

/**
 * Kills paying programs at random instants and at every step, lets others carry on, and counts on the chains. Ends
 * with an error when a call was paid twice, a record is lost, or a limit was passed.
 */
import { runCampaign } from './faults/campaign.js'
import { readOptions } from './read-options.js'

const usage = 'npm run faults -- [--runs 10] [--seed 1] [--json]'
const values = readOptions(usage, {
  runs: { type: 'string', default: '10' },
  seed: { type: 'string', default: '1' },
  json: { type: 'boolean', default: false }
})
const [runs, seed] = [Number(values.runs), Number(values.seed)]
if (!Number.isInteger(runs) || runs < 1 || !Number.isInteger(seed)) {
  console.error('--runs is a whole number from 1, --seed a whole number')
  process.exit(2)
}
const verdict = await runCampaign({ runs, seed })
if (values.json) console.log(JSON.stringify({ seed, ...verdict }))
else {
  const { kills, purchases, settled, paidTwice, lostRecords, overLimitError } = verdict
  console.log(`runs ${runs}, kills ${kills}, purchases ${purchases}, settled ${settled} (seed ${seed})`)
  console.log(`paid twice ${paidTwice}, lost records ${lostRecords}, over limit ${overLimitError}`)
}
if (verdict.paidTwice + verdict.lostRecords + verdict.overLimitError > 0) process.exitCode = 1

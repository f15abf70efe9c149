/**
 * Plays histories of many processes that pay, on one ledger, in a world where everything goes wrong that may, and holds
 * the promise against each step. One seed is one history; the first that breaks the promise is shown, and its seed plays
 * it again.
 */
import { spawnSync } from 'node:child_process'
import { PURCHASES_PER_HISTORY, runCampaign, type Totals } from '../test/simulation/campaign.js'
import { findMutants } from '../test/simulation/find-mutants.js'
import { type History, playHistory } from '../test/simulation/play-history.js'
import { showHistory } from '../test/simulation/show-history.js'
import { readOptions } from './read-options.js'

const usage =
  'npm run simulate -- [--purchases 2000] [--seed <new>] plays histories\n' +
  `npm run simulate -- --history <seed> [--purchases ${PURCHASES_PER_HISTORY}] plays one history, and shows it\n` +
  'npm run simulate -- --mutants [--purchases 4000] [--seed <new>] finds every mend that is taken back'
const values = readOptions(usage, {
  purchases: { type: 'string' },
  seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
  history: { type: 'string' },
  mutants: { type: 'boolean', default: false }
})
const PROGRESS_EVERY = 10_000
/** How many purchases one program plays: Node holds on to the abort signals of simulated processes that crashed. */
const PURCHASES_PER_PROGRAM = 50_000

// Thousands of errors are made and looked at by their codes: their stacks would take a tenth of the time.
Error.stackTraceLimit = 0

function wholeNumber(name: string, text: string): number {
  const number = Number(text)
  if (Number.isSafeInteger(number) && number > 0) return number
  console.error(`--${name} is a whole number from 1\n\n${usage}`)
  process.exit(2)
}

const seed = wholeNumber('seed', values.seed)
if (values.history !== undefined) await replay(wholeNumber('history', values.history))
else if (values.mutants) await hunt(wholeNumber('purchases', values.purchases ?? '4000'))
else await campaign(wholeNumber('purchases', values.purchases ?? '2000'))

async function campaign(purchases: number): Promise<void> {
  if (purchases > PURCHASES_PER_PROGRAM) return campaignInPrograms(purchases)
  console.log(`seed ${seed}, ${purchases} purchases`)
  let shown = 0
  const onHistory = (_: History, totals: Totals): void => {
    if (totals.purchases < shown + PROGRESS_EVERY) return
    shown = totals.purchases
    console.log(summary(totals))
  }
  const { broken, ...totals } = await runCampaign({ seed, purchases, onHistory })
  console.log(summary(totals))
  if (!broken) return console.log('the promise holds')
  await show(broken.seed, broken.purchases)
  console.log(`again: npm run simulate -- --history ${broken.seed} --purchases ${broken.purchases}`)
  process.exitCode = 1
}

/** Plays so many in programs that follow each other, with the seeds that one program would use. */
function campaignInPrograms(purchases: number): void {
  const script = process.argv[1] ?? ''
  for (let played = 0; played < purchases; played += PURCHASES_PER_PROGRAM) {
    const count = String(Math.min(PURCHASES_PER_PROGRAM, purchases - played))
    const first = String(seed + played / PURCHASES_PER_HISTORY)
    const args = [...process.execArgv, script, '--purchases', count, '--seed', first]
    const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' })
    if (status !== 0) process.exit(status ?? 1)
  }
  console.log(`the promise holds in ${purchases} purchases`)
}

async function hunt(purchases: number): Promise<void> {
  console.log(`seed ${seed}, at most ${purchases} purchases for each mend that is taken back`)
  for await (const { belief, found, ...totals } of findMutants({ seed, purchases })) {
    if (!found) process.exitCode = 1
    console.log(
      `${found ? 'ok ' : 'NOT'} found after ${totals.purchases} purchases, believing that ${belief}`
    )
    console.log(`    ${found?.violations[0] ?? 'nothing went wrong'}${found ? ` (seed ${found.seed})` : ''}`)
  }
}

async function replay(history: number): Promise<void> {
  const { hash, violations } = await show(
    history,
    wholeNumber('purchases', values.purchases ?? String(PURCHASES_PER_HISTORY))
  )
  console.log(`hash ${hash}`)
  process.exitCode = violations.length === 0 ? 0 : 1
}

async function show(history: number, purchases: number): Promise<History> {
  const played = await playHistory({ seed: history, purchases, keepsLines: true })
  for (const line of showHistory(played)) console.log(line)
  for (const violation of played.violations) console.log(`broken: ${violation}`)
  return played
}

function summary({ histories, purchases, answered, settled, crashes, events }: Totals): string {
  return `${purchases} purchases in ${histories} histories: ${answered} answered, ${settled} settled, ${crashes} crashes, ${events} events`
}

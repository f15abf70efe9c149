import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { atomicUsdc, formatUsdc } from '@bursar/core'
import { type Chance, createChance } from '../../test/chance.js'
import { judge, type Verdict } from './judge.js'
import { type FaultyPurchase, runChild } from './run-child.js'
import { SOLANA, type Stage, type StoreName, startStage } from './stage.js'

/** How a campaign runs. */
export interface CampaignOptions {
  /** Batches of purchases, each paid for by programs that are killed. */
  readonly runs: number
  /** The same seed draws the same purchases, faults and kills. */
  readonly seed: number
  readonly store: StoreName
  /** Batches that run at the same time, on one ledger. */
  readonly parallel: number
}

/** Programs of one run, each killed, and the purchases that each begins. It carries on those of the ones before. */
const PROGRAMS_PER_RUN = 10
const PURCHASES_PER_PROGRAM = 2
const LONGEST_LIFE_MS = 400
/** By then it has come to most steps. */
const LATEST_STEP_MS = 2_000
/** Each is killed at before anything else is left to chance. */
const steps = ['challenged', 'reserved', 'signed', 'sent', 'resent', 'resumed', 'settled', 'answered', 'lost']
const faults = [
  'answer-lost-before-settling',
  'answer-lost-after-settling',
  'answer-lost-after-settling*3',
  'error-500-after-settling',
  'error-402-after-settling',
  'answer-cut',
  'settlement-pending',
  'settlement-pending;lands=false',
  'blockhash-not-found;expires=false'
]

/** Runs a campaign and tells what the chains say. */
export async function runCampaign({ runs, seed, store, parallel }: CampaignOptions): Promise<Verdict> {
  const stage = await startStage(store)
  // Some purchases will not fit: the limit must hold under fire too.
  const limitAtomic = BigInt(Math.ceil(runs * PROGRAMS_PER_RUN * PURCHASES_PER_PROGRAM * 0.8)) * 10_000n
  const limits = { payment: '0.05', total: formatUsdc(atomicUsdc(limitAtomic)) }
  const numbers = Array.from({ length: runs }, (_, run) => run)
  let kills = 0
  const work = async (): Promise<void> => {
    for (let run = numbers.shift(); run !== undefined; run = numbers.shift()) {
      const killed = await runOnce(stage, { run, limits, chance: createChance(seed * 10_007 + run) })
      kills += killed
    }
  }
  try {
    await Promise.all(Array.from({ length: parallel }, work))
    return { runs, kills, ...(await judge(stage, limitAtomic)) }
  } finally {
    await stage.stop()
  }
}

interface Run {
  readonly run: number
  readonly limits: object
  readonly chance: Chance
}

/** Has purchases paid for by programs that are killed one after the other, and ended by one that is not. Counts the kills. */
async function runOnce(stage: Stage, { run, limits, chance }: Run): Promise<number> {
  const begun: FaultyPurchase[] = []
  const task = { limits, answersFile: join(stage.folder, `answers-${run}`) }
  let killed = 0
  for (let program = 0; program < PROGRAMS_PER_RUN; program++) {
    for (let index = 0; index < PURCHASES_PER_PROGRAM; index++)
      begun.push(drawPurchase(stage, `r${run}-${program}-${index}`, chance))
    const step = steps[run * PROGRAMS_PER_RUN + program] ?? chance.pick([undefined, ...steps])
    const at = step === undefined ? undefined : { step, count: 1 + chance.below(3) }
    const death = { at, afterMs: at ? LATEST_STEP_MS : chance.below(LONGEST_LIFE_MS) }
    if (await runChild(stage, { ...task, purchases: begun, recovers: chance.below(3) === 0, death })) killed++
  }
  // The last program is left alone, and nothing fails any more.
  const calm = begun.map(({ fault: _, ...purchase }) => ({ ...purchase, attempts: 3 }))
  await runChild(stage, { ...task, purchases: calm, recovers: true })
  rmSync(task.answersFile, { force: true })
  return killed
}

function drawPurchase({ gateway }: Stage, call: string, chance: Chance): FaultyPurchase {
  return {
    call,
    isNamed: chance.below(2) === 0,
    url: `${gateway.url}/standard/v2/report?purchase=${call}`,
    network: chance.pick(['eip155:8453', SOLANA]),
    ...(chance.below(10) < 7 ? { fault: chance.pick(faults) } : {}),
    attempts: 1 + chance.below(3)
  }
}

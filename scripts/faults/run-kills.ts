import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { runCampaign } from './campaign.js'
import type { Verdict } from './judge.js'
import type { StoreName } from './stage.js'

/** How many programs are killed, and on what. */
export interface KillsOptions {
  /** At least so many in all, over all chapters of the log. */
  readonly kills: number
  readonly seed: number
  readonly parallel: number
  /** By turns, a chapter each. */
  readonly stores: readonly StoreName[]
  /** One line a chapter. What it has already counts. */
  readonly log?: string | undefined
}

/** Batches on one stage: chains and ledger begin anew after so many. */
const RUNS_PER_CHAPTER = 12

type Chapter = Verdict & { readonly store: StoreName; readonly seed: number; readonly seconds: number }

/** Runs chapters until enough programs were killed. @returns the sum of all chapters. */
export async function runKills({ kills, seed, parallel, stores, log }: KillsOptions): Promise<Verdict> {
  const chapters = readLog(log)
  report(chapters)
  for (let number = chapters.length; sum(chapters).kills < kills; number++) {
    const store = stores[number % stores.length] ?? 'sqlite'
    const left = kills - sum(chapters).kills
    const runs = Math.max(1, Math.min(RUNS_PER_CHAPTER, Math.ceil(left / 10)))
    const startedMs = performance.now()
    const verdict = await runCampaign({ runs, seed: seed + number, store, parallel })
    const seconds = Math.round((performance.now() - startedMs) / 1000)
    const chapter = { store, seed: seed + number, seconds, ...verdict }
    chapters.push(chapter)
    if (log !== undefined) appendFileSync(log, `${JSON.stringify(chapter)}\n`)
    report(chapters, chapter)
  }
  return sum(chapters)
}

function readLog(log: string | undefined): Chapter[] {
  if (log === undefined || !existsSync(log)) return []
  const lines = readFileSync(log, 'utf8').split('\n')
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Chapter)
}

function sum(chapters: readonly Verdict[]): Verdict {
  const total = (count: (verdict: Verdict) => number): number =>
    chapters.reduce((all, chapter) => all + count(chapter), 0)
  return {
    runs: total(({ runs }) => runs),
    kills: total(({ kills }) => kills),
    purchases: total(({ purchases }) => purchases),
    settled: total(({ settled }) => settled),
    paidTwice: total(({ paidTwice }) => paidTwice),
    lostRecords: total(({ lostRecords }) => lostRecords),
    overLimitError: total(({ overLimitError }) => overLimitError)
  }
}

function report(chapters: readonly Chapter[], newest?: Chapter): void {
  const { kills, purchases, settled, paidTwice, lostRecords, overLimitError } = sum(chapters)
  if (newest)
    console.log(`${newest.store} (seed ${newest.seed}): ${newest.kills} kills in ${newest.seconds} s`)
  if (chapters.length === 0) return
  console.log(`kills ${kills}, purchases ${purchases}, settled ${settled}`)
  console.log(`paid twice ${paidTwice}, lost records ${lostRecords}, over limit ${overLimitError}`)
}

import { execFileSync } from 'node:child_process'
import { copyFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { transitionMacros } from './transition-macros.js'

/** What a search of every state came to. */
export interface Check {
  readonly definitions: readonly string[]
  readonly states: number
  /** Every state that can be reached was looked at. */
  readonly isComplete: boolean
  /** More than one authorization settled. */
  readonly violated: boolean
}

const MODEL = fileURLToPath(new URL('../../test/model/purchase.pml', import.meta.url))
/** Ends what hangs; the largest search takes half a minute on an idle core. */
const TIMEOUT_MS = 15 * 60_000

/** Searches every state of the model with some definitions. @throws when spin or gcc fail. */
export function checkModel(folder: string, definitions: readonly string[]): Check {
  copyFileSync(MODEL, join(folder, 'purchase.pml'))
  writeFileSync(join(folder, 'transitions.pml'), transitionMacros())
  const run = (program: string, args: readonly string[]): string =>
    execFileSync(program, args, {
      cwd: folder,
      encoding: 'utf8',
      timeout: TIMEOUT_MS,
      maxBuffer: 64 * 1024 * 1024
    })
  run('spin', [...definitions.map((name) => `-D${name}`), '-a', 'purchase.pml'])
  run('gcc', ['-w', '-O2', '-DSAFETY', '-DCOLLAPSE', '-o', 'pan', 'pan.c'])
  const output = run(join(folder, 'pan'), ['-m1000000', '-n'])
  return { definitions, ...readSearch(output) }
}

/** Reads what a search prints. */
export function readSearch(output: string): Omit<Check, 'definitions'> {
  const states = Number(/([\d.e+]+) states, stored/.exec(output)?.[1] ?? 0)
  const errors = Number(/errors: (\d+)/.exec(output)?.[1] ?? Number.NaN)
  const violated = output.includes('assertion violated (settledCount<=1)')
  const isCut = /max search depth too small|out of memory|Search not completed/.test(output)
  return { states, violated, isComplete: errors === 0 && !isCut }
}

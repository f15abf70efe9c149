/** What the ledger's contract uses of vitest, for a page and a Worker, in which vitest does not run. */
import {
  chai,
  GLOBAL_EXPECT,
  JestAsymmetricMatchers,
  JestChaiExpect,
  JestExtend,
  setState
} from '@vitest/expect'

for (const plugin of [JestExtend, JestChaiExpect, JestAsymmetricMatchers]) chai.use(plugin)
export const { expect } = chai
Object.assign(globalThis, { [GLOBAL_EXPECT]: expect })
setState({}, expect as never)

interface Case {
  readonly name: string
  readonly run: () => unknown
}

const cases: Case[] = []
const groups: string[] = []
const endings: (() => unknown)[] = []

export function describe(name: string, define: () => void): void {
  groups.push(name)
  define()
  groups.pop()
}

export const it = Object.assign(
  (name: string, run: () => unknown): void => void cases.push({ name: [...groups, name].join(' > '), run }),
  {
    each:
      (table: readonly unknown[]) =>
      (name: string, run: (...row: readonly unknown[]) => unknown): void => {
        for (const [index, row] of table.entries())
          it(`${name} (${index})`, () => run(...(Array.isArray(row) ? row : [row])))
      }
  }
)

export function onTestFinished(end: () => unknown): void {
  endings.push(end)
}

/** What came of all tests: how many passed, and what the others threw. */
export interface ContractResults {
  readonly passed: number
  readonly failed: readonly string[]
}

/** Runs every test, one after the other. */
export async function runCases(): Promise<ContractResults> {
  const failed: string[] = []
  for (const { name, run } of cases) {
    try {
      await run()
    } catch (error) {
      failed.push(`${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
    }
    for (const end of endings.splice(0)) await end()
  }
  return { passed: cases.length - failed.length, failed }
}

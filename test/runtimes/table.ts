import type { Check, Results } from './suite/check.js'

/** The table of README: a row for each check, a column for each group of runtimes. */
export function renderTable(checks: readonly Check[], found: ReadonlyMap<string, Results>): string {
  const nodes = [...found.keys()].filter((name) => name.startsWith('Node '))
  const others = [...found.keys()].filter((name) => !nodes.includes(name))
  const columns = [nodes, ...others.map((name) => [name])]
  const rows = checks.map(({ feature }) => [
    feature,
    ...columns.map((names) => (names.every((name) => found.get(name)?.[feature] === '') ? 'yes' : '-'))
  ])
  const heads = ['', 'Node 20 to 26', ...others]
  return [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

/** What was found, and what README says. */
interface Outcome {
  readonly found: ReadonlyMap<string, Results>
  readonly table: string
  readonly readme: string
}

/** Each check that failed, and a table that README does not have. */
export function problemsOf({ found, table, readme }: Outcome): string[] {
  const failed = [...found].flatMap(([runtime, results]) =>
    Object.entries(results)
      .filter(([, text]) => text !== '')
      .map(([feature, text]) => `${runtime}: ${feature}: ${text}`)
  )
  const isSaid = readme.includes(`\n${table}\n`)
  return [...failed, ...(isSaid ? [] : ['README does not have this table of runtimes'])]
}

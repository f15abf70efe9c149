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

/** The tools of README's line. */
export function renderTools(names: Iterable<string>): string {
  return [...names].join('; ')
}

/** What was found, and what README says. */
interface Outcome {
  /** By the name of a runtime or a tool. */
  readonly found: ReadonlyMap<string, Results>
  /** What README has to have, with its line breaks anywhere. */
  readonly texts: readonly string[]
  readonly readme: string
}

/** Each check that failed, each runtime or tool that ran none, and each text that README does not have. */
export function problemsOf({ found, texts, readme }: Outcome): string[] {
  const failed = [...found].flatMap(([name, results]) => {
    const entries = Object.entries(results)
    if (entries.length === 0) return [`${name}: ran nothing`]
    return entries.filter(([, text]) => text !== '').map(([feature, text]) => `${name}: ${feature}: ${text}`)
  })
  const said = oneLine(readme)
  const missing = texts.filter((text) => !said.includes(oneLine(text)))
  return [...failed, ...missing.map((text) => `README does not have: ${text}`)]
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ')
}

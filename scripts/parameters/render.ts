import type { Parameter, ParameterTable } from '@bursar/translation'

const words: Readonly<Record<Parameter['use'], string>> = {
  mapped: 'mapped',
  refused: '**refused by its name**',
  ignored: 'ignored on purpose'
}

const head = `# Parameters of OpenAI's and Anthropic's APIs

What becomes of each parameter that the two references list, where the proxy or a fetch in the process answers by a service
with another API. *Mapped*: it reaches the service, or the answer is made as it says. *Refused*: the request is answered with
400 that names it, before anything is paid. *Ignored*: it would change no answer, and does not reach the service. A parameter
that is \`null\` is as good as absent. One that its table lacks is refused too, but on chat completions, where it is handed on, and
where tokens are counted.

A service that speaks an API itself, as the relays do, gets all of it as it is.

This page is written by \`npm run parameters\` from the tables that the code reads requests by. A test tries each row.
`

/** Writes the page of all tables. */
export function renderTables(tables: Readonly<Record<string, ParameterTable>>): string {
  const sections = Object.entries(tables).map(
    ([path, table]) => `## POST ${path}\n\n| parameter | | |\n|---|---|---|\n${rowsOf(table).join('\n')}\n`
  )
  return [head, ...sections].join('\n')
}

function rowsOf(table: ParameterTable, prefix = ''): readonly string[] {
  return Object.entries(table).flatMap(([name, parameter]) => {
    const { use, note, neutral = [], members = {} } = parameter
    const passes = neutral.length === 0 ? '' : ` (but ${neutral.map(shown).join(', ')})`
    const row = `| \`${prefix}${name}\` | ${words[use]}${passes} | ${note} |`
    return [row, ...rowsOf(members, `${prefix}${name}.`)]
  })
}

function shown(value: unknown): string {
  return `\`${JSON.stringify(value)}\``
}

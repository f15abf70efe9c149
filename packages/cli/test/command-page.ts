import { exitRows } from '../src/contract/exit-texts.js'
import { verbExits } from '../src/contract/verb-exits.js'
import { schemaOf } from '../src/schemas/verb-schemas.js'

/** The page of the package about exit codes and JSON, made of the tables that the command itself uses. */
export function commandPage(): string {
  return `${introduction}
${codeTable()}
## Exit codes by verb

\`bursar VERB --help\` has them too.

${verbTable()}
${json}
${schemaTable()}
${errors}`
}

const introduction = `# The command in scripts

## Exit codes

What happened to the money decides first: 1, 2, 3 and 7 say that nothing was paid for the call, 4 that something was, 5 that
something may be. \`bursar exit-codes\` prints the list, and \`bursar exit-codes VERB\` that of one verb.
`

const json = `## JSON

Every verb takes \`--json\`. Standard output then holds JSON, whatever happens: the document of the verb, or an error, also when the
command is interrupted. Standard error has the same in words, for people. A verb that has printed its document and ends with a code above 0
(\`balance\` with a chain that does not answer) prints no second one. \`history\`, \`outstanding\` and \`transactions\` print JSON Lines,
as they are read, since a record may be longer than memory; there an error is the last line.

Amounts are decimal text, with the smallest unit beside them (\`amount\`, \`amountAtomic\`), times are ISO 8601 in UTC, and networks are CAIP-2,
with their names beside them (\`network\`, \`networkName\`). Later versions may add names. They change or remove none without a major version.

The schemas are files of this package, in \`schemas\`, and \`bursar schema VERB\` prints them.
`

const errors = `## Errors

\`\`\`json
{ "error": { "code": "offer/over-limit", "money": "none", "exitCode": 3, "message": "…", "verb": "pay", "docs": "…", "context": { "limit": "payment" } } }
\`\`\`

\`money\` says where the money of the call was: \`none\`, \`reserved\`, \`signed\`, \`sent\`, \`settled\` or \`unknown\`. \`bursar explain CODE\` says
what each code means and what to do.

### Errors of the command

| code | meaning |
| --- | --- |
| \`command/usage\` | the command line, a setting or a file of the command is wrong; nothing was done |
| \`command/output\` | the answer could not be written; \`money\` says whether it was paid |
| \`command/interrupted\` | a signal ended the command; \`money\` says what was in flight |
| \`command/failed\` | anything else |
`

function codeTable(): string {
  return table(
    ['code', 'meaning'],
    exitRows().map(({ code, text }) => [String(code), text])
  )
}

function verbTable(): string {
  const all = new Map(exitRows().map(({ code, text }) => [code, text]))
  const rows = Object.entries(verbExits).map(([verb, exits]) => {
    const own = exitRows(exits)
    const special = own.filter(({ code, text }) => all.get(code) !== text)
    const codes = own.map(({ code }) => code).join(', ')
    return [`\`${verb}\``, codes, special.map(({ code, text }) => `${code}: ${text}`).join('. ')]
  })
  return table(['verb', 'codes', 'where they say more'], rows)
}

function schemaTable(): string {
  const rows = Object.keys(verbExits).map((verb) => {
    const { about, form } = schemaOf(verb) ?? { about: '', form: 'document' }
    return [`\`${verb}\``, form === 'lines' ? `each line: ${about}` : about]
  })
  return table(['verb', 'prints'], rows)
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`)
  return `${lines.join('\n')}\n`
}

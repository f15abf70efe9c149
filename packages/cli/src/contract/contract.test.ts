import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { commandPage } from '../../test/command-page.js'
import { newTerminal } from '../../test/terminal.js'
import { createProgram } from '../program.js'
import { jsonSchemaOf } from '../schemas/json-schema.js'
import { schemaOf, verbsWithSchema } from '../schemas/verb-schemas.js'
import { exitHelp, exitRows } from './exit-texts.js'
import { isLineVerb } from './line-verbs.js'
import { isShortVerb } from './short-verbs.js'
import { exitsOf, verbExits } from './verb-exits.js'
import { verbName, verbsOf } from './verbs-of.js'

const nothing = () => {}
const progress = {
  hasReserved: false,
  moneyAtStake: 'none',
  handlesInterrupts: false,
  exitCode: 0,
  jsonForm: 'document'
} as const
const program = createProgram(
  { env: {}, out: nothing, err: nothing, write: async () => {} },
  '1.2.3',
  progress
)
const verbs = verbsOf(program)
const names = verbs.map(verbName)
const schemas = fileURLToPath(new URL('../../schemas', import.meta.url))
const fileOf = (verb: string): string => `${verb.replaceAll(' ', '-')}.json`

describe('what scripts can rely on', () => {
  it('P57: every verb, and nothing else, is in the table of exit codes', () => {
    expect(Object.keys(verbExits).toSorted()).toEqual([...names].toSorted())
  })

  it.each(names)('bursar %s --help lists the codes that it can end with, within 80 columns', async (name) => {
    const { out } = await newTerminal().bursar(...name.split(' '), '--help')
    expect(out).toContain(exitHelp(exitsOf(name)))
    for (const { text } of exitRows(exitsOf(name))) expect(`  0  ${text}`.length).toBeLessThanOrEqual(80)
  })

  it('every verb, and nothing else, has a schema, and takes --json', () => {
    expect([...verbsWithSchema].toSorted()).toEqual([...names].toSorted())
    const without = verbs.filter(({ options }) => !options.some(({ long }) => long === '--json'))
    expect(without.map(verbName)).toEqual([])
  })

  it('a verb whose schema says lines lets an error follow what it printed', () => {
    const lines = names.filter((name) => schemaOf(name)?.form === 'lines')
    expect(lines).toEqual(names.filter(isLineVerb))
  })

  it('verbs that end after a few questions are none of those that serve or pay', () => {
    expect(names.filter(isShortVerb)).toEqual(['quote', 'balance', 'transactions', 'proof'])
  })

  it.each(names)(
    'the published schema of bursar %s is the one that it is made of, and printed',
    async (name) => {
      const found = schemaOf(name) ?? expect.unreachable()
      const text = `${JSON.stringify(jsonSchemaOf(name, found), null, 2)}\n`
      await expect(text).toMatchFileSnapshot(`../../schemas/${fileOf(name)}`)
      expect(await newTerminal().bursar('schema', ...name.split(' '))).toEqual({
        code: 0,
        out: text,
        err: ''
      })
    }
  )

  it('the page of the command in scripts is made of the same tables', async () => {
    await expect(commandPage()).toMatchFileSnapshot('../../docs/command.md')
    const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
    const [, table = ''] = /^## Exit codes\n([\s\S]*?)^## /m.exec(`${readme}\n## `) ?? []
    const codes = [...table.matchAll(/^\| (\d+) \|/gm)].map(([, code]) => Number(code))
    expect(codes).toEqual(exitRows().map(({ code }) => code))
  })

  it('no other schema is published', () => {
    expect(readdirSync(schemas).toSorted()).toEqual(names.map(fileOf).toSorted())
  })
})

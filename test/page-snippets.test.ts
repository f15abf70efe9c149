import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { problemOfLine } from './command-lines.js'
import { problemsByFile } from './compile-snippet.js'
import { commandsIn, type PageSnippet, pageSnippets, textOf } from './page-snippets.js'
import { withGivenNames } from './snippet-names.js'

const snippets = pageSnippets()
const placeOf = ({ page, line }: PageSnippet): string => `${page}:${line}`
const inLanguage = (...languages: readonly string[]) =>
  snippets.filter(({ language }) => languages.includes(language))

it('P95: every block of code of every page says which language it is in, where it is in one', () => {
  const known = ['ts', 'js', 'sh', 'json', 'yaml', 'toml']
  expect(new Set(snippets.map(({ language }) => language))).toEqual(new Set([...known, '']))
  // What programs print, and trees of folders.
  expect(inLanguage('').map(({ page }) => page)).toEqual(
    expect.arrayContaining(['docs/architecture.md', 'docs/guides/policy.md'])
  )
})

it('P95: every snippet of TypeScript and JavaScript of every page compiles', async () => {
  // Those of README are one program, which readme.chain.test.ts compiles and runs.
  const written = inLanguage('ts', 'js').filter(({ page }) => page !== 'README.md')
  expect(written.length).toBeGreaterThan(50)
  const service = written.find(({ code }) => code.includes('export function createReports'))
  const files = Object.fromEntries(
    written.map(({ code }, index) => [`snippet-${index}.ts`, withGivenNames(code)])
  )
  const options = {
    lib: ['ES2023', 'ESNext.Disposable', 'DOM'],
    noUnusedLocals: false,
    noPropertyAccessFromIndexSignature: false
  }
  const problems = await problemsByFile({ ...files, 'reports.ts': service?.code ?? '' }, options)
  const placed = problems.map(({ name, problem }) => {
    const snippet = written[Number(/\d+/.exec(name)?.[0])]
    return `${snippet ? placeOf(snippet) : name}: ${problem}`
  })
  expect(placed).toEqual([])
})

it('P95: every JSON and YAML of every page can be read', () => {
  const json = inLanguage('json')
  const yaml = inLanguage('yaml')
  expect([json.length > 4, yaml.length > 3]).toEqual([true, true])
  for (const snippet of json) expect(() => JSON.parse(snippet.code), placeOf(snippet)).not.toThrow()
  for (const snippet of yaml)
    expect(
      parseAllDocuments(snippet.code).flatMap(({ errors }) => errors),
      placeOf(snippet)
    ).toEqual([])
})

it('P95: every block of shell is one that a shell can read, and every script of npm in it is there', () => {
  const { scripts } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  const blocks = inLanguage('sh')
  expect(blocks.length).toBeGreaterThan(30)
  for (const snippet of blocks) {
    const { stderr } = spawnSync('bash', ['-n'], { input: snippet.code, encoding: 'utf8' })
    expect(stderr, placeOf(snippet)).toBe('')
    const named = [...snippet.code.matchAll(/npm run (?:-s |--silent )?([\w:-]+)/g)].map(
      ([, name = '']) => name
    )
    for (const name of named) expect(Object.keys(scripts), placeOf(snippet)).toContain(name)
  }
})

it('P95: every line of the command, on every page, has a verb and options that are there', () => {
  const pages = [...new Set(snippets.map(({ page }) => page))]
  const lines = pages.flatMap((page) => commandsIn(textOf(page)).map((line) => ({ page, line })))
  expect(lines.length).toBeGreaterThan(150)
  const problems = lines.flatMap(({ page, line }) => {
    const problem = problemOfLine(line)
    return problem === undefined ? [] : [`${page}: bursar ${line}: ${problem}`]
  })
  expect(problems).toEqual([])
  expect(problemOfLine('histroy')).toBe('there is no verb histroy')
  expect(problemOfLine('history --dyas 7')).toBe('history has no option --dyas')
  expect(problemOfLine('--wallet main wallet list --nothing')).toBe('list has no option --nothing')
})

/** A line that has a package manager fetch one of our names from a registry, where none is ours. */
const fromRegistry =
  /(?:(?:npm|pnpm|yarn|bun|deno) (?:i|install|add|dlx|exec)|npx(?: -y)?|bunx) (?:-\S+ )*(?:@bursar\/|bursar\b)(?!\S*@file:)|npm:@?bursar/

it('P7: no page has anybody install one of our names from a registry, where none is ours', () => {
  const pages = [...new Set(snippets.map(({ page }) => page))]
  expect(pages.filter((page) => fromRegistry.test(textOf(page)))).toEqual([])
  for (const line of ['bun add bursar', 'npm install -D @bursar/gateway', 'npx -y bursar', 'npm:bursar'])
    expect(line).toMatch(fromRegistry)
  expect('yarn add bursar@file:$HOME/bursar/out/packages/bursar-0.1.0.tgz').not.toMatch(fromRegistry)
})

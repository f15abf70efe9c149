import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it, onTestFinished } from 'vitest'
import { problemsOf } from './compile-snippet.js'
import { program, vitestProgram } from './readme.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const textOf = (path: string): string => readFileSync(join(root, path), 'utf8')
const pages = execFileSync('git', ['ls-files', '*.md'], { cwd: root, encoding: 'utf8' }).trim().split('\n')

function newFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'bursar-people-')))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

/** A section of README, by its heading. */
function sectionOf(heading: string): string {
  return (
    textOf('README.md')
      .split('\n## ')
      .find((section) => section.startsWith(heading)) ?? ''
  )
}

function importsOf(code: string): string[] {
  return [...code.matchAll(/from '([^']+)'/g)].map(([, name = '']) => name).toSorted()
}

it('P6: README imports from what it says to install: bursar, the SDK it hands a fetch to, and what its test needs', () => {
  const { exports } = JSON.parse(textOf('packages/bursar/package.json'))
  const entries = Object.keys(exports).map((entry) => entry.replace(/^\./, 'bursar'))
  const ours = importsOf(program).filter((name) => name !== 'openai')
  expect(ours.length).toBeGreaterThan(4)
  expect(ours.filter((name) => !entries.includes(name))).toEqual([])
  expect(importsOf(vitestProgram)).toEqual(['@bursar/gateway/vitest'])
})

it('P8: README runs the command without a header of npm, and what it prints is JSON alone, in the folder of the caller', () => {
  const lines = [...textOf('README.md').matchAll(/npm run (.*)bursar -- /g)].map(([, flags]) => flags)
  expect(lines.length).toBeGreaterThan(6)
  expect(new Set(lines)).toEqual(new Set(['-s ']))
  // What runs before the command speaks on standard error.
  for (const path of ['scripts/setup.mjs', 'scripts/build.mjs', 'scripts/bursar.mjs'])
    expect(textOf(path)).not.toMatch(/console\.(?:log|info)|stdout/)
  const folder = newFolder()
  const command = (...argv: string[]): string =>
    execFileSync(process.execPath, [join(root, 'scripts/bursar.mjs'), ...argv], {
      cwd: root,
      env: { PATH: process.env.PATH, INIT_CWD: folder, BURSAR_HOME: join(folder, 'home') },
      encoding: 'utf8'
    })
  command('limits', 'set', 'payment=1.25')
  expect(JSON.parse(command('limits', 'show', '--json'))).toMatchObject({
    limits: [{ name: 'payment', amount: '1.25' }]
  })
  command('history', '--json')
  command('backup', 'copy.db')
  expect(readFileSync(join(folder, 'copy.db')).subarray(0, 15).toString()).toBe('SQLite format 3')
})

it('P84: README says, where it speaks of limits, whose word the payee is, and how to hold a payment to known ones', () => {
  expect(sectionOf('Limits')).toContain(
    'Whom a payment goes to is the server’s word, unless `payees`'.replace('’', "'")
  )
})

it('P94, P95: README has the table of runtimes, and the page of each is linked beside it', () => {
  const where = sectionOf('Where it runs')
  expect(where).toMatch(/^\| +\| Node 20 to 26 \| Bun [\d.]+ \| Deno [\d.]+ \| workerd \| Chromium \|$/m)
  for (const page of ['runtimes.md', 'ledgers.md']) expect(where).toContain(`docs/guides/${page}`)
})

it('P97: README leads to a page of changes and to one of questions, and both are there', () => {
  const [head = ''] = textOf('README.md').split('\n## ')
  expect(head).toContain('[Questions](docs/questions.md)')
  expect(head).toContain('[Changes](CHANGELOG.md)')
  expect(textOf('docs/questions.md').match(/^## .+\?$/gm)?.length).toBeGreaterThan(9)
  expect(textOf('CHANGELOG.md')).toMatch(/^## /m)
})

it('P98: README explains x402 in its first sentences, and each of its own words in a list that comes before it is needed', () => {
  const readme = textOf('README.md')
  const [head = ''] = readme.split('\n## ')
  expect(head.indexOf('402 Payment Required')).toBeLessThan(head.indexOf('x402'))
  const words = [...sectionOf('Words').matchAll(/^\| (?!word|---)([^|]+?) \|/gm)].map(([, word]) => word)
  expect(words).toEqual(['offer', 'authorization', 'purchase', 'settled', 'dead', 'ledger', 'equal call'])
  // What only those who build it say, and what a word stands for that no list explains.
  expect(readme).not.toMatch(/\b(?:claimant|tenant|atomic|facilitator's)\b|could still settle counts\b(?!,)/i)
  expect(readme.indexOf('## Words')).toBeLessThan(readme.indexOf('## Limits'))
})

it('P9: no page and no message has a package installed or run by a name that is not ours in the registry', () => {
  expect(textOf('README.md')).toContain(
    'No package is in a registry yet, and none of these names is ours there'
  )
  const sources = execFileSync('git', ['ls-files', 'packages/*/src/*.ts'], { cwd: root, encoding: 'utf8' })
  const texts = [...pages, ...sources.trim().split('\n')].map((path) => [path, textOf(path)] as const)
  const byName =
    /\b(?:npm (?:i|install|add)|npx|pnpm (?:add|dlx)|yarn (?:add|dlx)|bunx)\b[^\n`]*\s["']?@?bursar\b(?!-|@file:)/
  expect('npx -y bursar mcp').toMatch(byName)
  expect('npm install --save-dev @bursar/gateway').toMatch(byName)
  expect('yarn add bursar@file:out/bursar.tgz').not.toMatch(byName)
  const found = texts
    .filter(([path, text]) => path !== 'README.md' && byName.test(text))
    .map(([path]) => path)
  expect(found).toEqual([])
  expect(textOf('README.md').replace('`npm install bursar`', '')).not.toMatch(byName)
})

it('P37: what is built can be required, as README of bursar says', () => {
  expect(textOf('packages/bursar/README.md')).toContain(
    "`require('bursar')`; Jest needs `--experimental-vm-modules`"
  )
  const folder = fileURLToPath(new URL('../scripts', import.meta.url))
  const script = "console.log(typeof require('bursar').createBursar)"
  const { stdout } = spawnSync(process.execPath, ['-e', script], { cwd: folder, encoding: 'utf8' })
  expect(stdout).toBe('function\n')
})

it('P38: the line for a page with a wallet compiles with the client that wagmi gives', async () => {
  const page = textOf('packages/bursar/README.md')
  const line = /`(createBursar\(\{ evm: await getWalletClient\(config\)[^`]*\))` of `(bursar\/evm)`/.exec(
    page
  )
  const [, call = '', entry = ''] = line ?? expect.unreachable()
  const wagmi = `import type { Account, Chain, Transport, WalletClient } from 'viem'
    declare const config: object
    declare function getWalletClient(config: object): Promise<WalletClient<Transport, Chain, Account>>`
  const limits = "const limits = { payment: '0.25' }"
  const code = `import { createBursar } from '${entry}'\n${wagmi}\n${limits}\nconst { fetch } = ${call}\nawait fetch('/')`
  expect(await problemsOf(code)).toEqual([])
  expect(await problemsOf(code.replace('await getWalletClient(config)', '7'))).not.toEqual([])
})

it('P5: the types of every entry hold in a program of Node alone, which has no types of a browser', async () => {
  const { exports } = JSON.parse(textOf('packages/bursar/package.json'))
  const entries = Object.keys(exports).filter((entry) => entry !== './package.json')
  expect(entries).toContain('./katana')
  const code = entries.map((entry) => `import '${entry.replace('.', 'bursar')}'`).join('\n')
  expect(await problemsOf(code, { lib: ['ES2023'], skipLibCheck: false })).toEqual([])
})

it('P10: what is published is what was built: no sources, no tests, no state of the build', () => {
  for (const name of ['core', 'bursar']) {
    const cwd = join(root, 'packages', name)
    const args = ['pack', '--dry-run', '--json', '--ignore-scripts']
    const listed = execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
    expect(listed).toContain('"README.md"')
    expect(listed).not.toMatch(/tsbuildinfo|\.test\.|"src\//)
  }
})

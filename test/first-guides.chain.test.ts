import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { stackTest } from '@bursar/gateway/vitest'
import { describe, expect } from 'vitest'
import { newStackTerminal, newTerminal } from '../packages/cli/test/terminal.js'
import { newFolder } from './compile-snippet.js'
import { commandsIn, textOf } from './page-snippets.js'

const run = promisify(execFile)
const test = stackTest()

/** The words of a line of the command, as a shell hands them on. */
function wordsOf(line: string, named: Readonly<Record<string, string>>): readonly string[] {
  const words = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare = '']) => quoted ?? bare)
  return words.map((word) => named[word] ?? word)
}

describe('P88: getting started', () => {
  const page = textOf('docs/getting-started.md')
  const [, program = ''] = /<!-- first-payment:start -->\n```js\n([\s\S]*?)```/.exec(page) ?? []

  test('the program pays once for a report, and prints it with its receipt', async ({ wallets }) => {
    const folder = await newFolder()
    await writeFile(join(folder, 'pay.mjs'), program)
    const options = { cwd: folder, env: { ...process.env, ...wallets.env } }
    const { stdout } = await run(process.execPath, ['pay.mjs'], options)
    expect(stdout).toMatch(/report: 'paid'[\s\S]*moneyState: 'settled'[\s\S]*amount: '0.01'/)
    await expect(wallets.base).toHavePaidOnce()
  })

  test('with the lower limit that the page names, the program signs nothing and says which limit it was', async ({
    wallets
  }) => {
    const folder = await newFolder()
    expect(program).toContain("payment: '0.05'")
    await writeFile(join(folder, 'pay.mjs'), program.replace("'0.05'", "'0.005'"))
    const ended = run(process.execPath, ['pay.mjs'], { cwd: folder, env: { ...process.env, ...wallets.env } })
    await expect(ended).rejects.toThrow(/above the limit "payment" of 0.005 USD. Nothing was signed/)
    await expect(wallets).toHaveSpent('0')
  })

  test('the lines of the command run one after another', async ({ stack }) => {
    const { bursar } = await newStackTerminal(stack)
    const [, fourth = ''] = page.split('## 4.')
    const lines = commandsIn(fourth.slice(fourth.lastIndexOf('```sh'), fourth.lastIndexOf('```') + 3))
    expect(lines.length).toBeGreaterThan(3)
    for (const line of lines) {
      const ended = await bursar(...wordsOf(line, { $X402_REPORT_URL: stack.env.X402_REPORT_URL }))
      expect([line, ended.code, ended.err]).toEqual([line, 0, expect.anything()])
    }
    expect((await bursar('history')).out).toContain('settled')
  })
})

test('P89: the lines of going live run one after another, from a new wallet to a record that agrees', async ({
  stack
}) => {
  const { home } = newTerminal()
  const { BURSAR_RPC_BASE = '', BURSAR_RPC_SOLANA = '', X402_REPORT_URL } = stack.env
  const env = { BURSAR_RPC_BASE, BURSAR_RPC_SOLANA, BURSAR_HOME: home, BURSAR_PASSPHRASE: 'correct horse' }
  const [steps = ''] = textOf('docs/guides/run/going-live.md').split('## What to watch')
  const blocks = [...steps.matchAll(/^ *```sh\n[\s\S]*?```/gm)].map(([block]) => block.replace(/^ +/gm, ''))
  const lines = blocks.flatMap(commandsIn)
  expect(lines.length).toBeGreaterThan(6)
  const named = { 'https://api.example/report': X402_REPORT_URL, 'report.json': join(home, 'report.json') }
  for (const line of lines) {
    const { bursar } = newTerminal({ env, answers: ['correct horse', 'correct horse'] })
    const { code, out, err } = await bursar(...wordsOf(line, named))
    expect([line, code, err]).toEqual([line, 0, expect.anything()])
    const [address] = /0x[0-9a-fA-F]{40}/.exec(line === 'wallet create' ? out + err : '') ?? []
    if (address !== undefined) await stack.base?.mint(address as `0x${string}`, 1_000_000n)
  }
  expect(JSON.parse(readFileSync(join(home, 'report.json'), 'utf8'))).toMatchObject({ report: 'paid' })
})

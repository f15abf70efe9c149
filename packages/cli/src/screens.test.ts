import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import { fillLedger } from '../test/filled-ledger.js'
import { EVM_KEY, newTerminal } from '../test/terminal.js'
import { textWidth } from './text/wide-text.js'

const bin = fileURLToPath(new URL('../dist/bin.js', import.meta.url))

/** What each list shows at every width. */
const lists: Readonly<Record<string, readonly string[]>> = {
  history: ['When', 'Amount', 'State', 'What', 'Id'],
  'totals --by day,agent': ['Day', 'Agent', 'Spent', 'Paid', 'Sum'],
  outstanding: ['When', 'Amount', 'State', 'What', 'Id'],
  'jobs --days 9999': ['When', 'Job', 'State'],
  'models image': ['Model', 'Price'],
  'wallet list': ['Wallet', 'Address'],
  limits: ['Limit', 'Amount', 'Left'],
  balance: ['At', 'Account', 'Balance']
}

/** What is cut at no width. */
const uncut: Readonly<Record<string, readonly string[]>> = {
  history: ['0.02 USDC', 'settled', 'undelivered'],
  'totals --by day,agent': ['0.04 USD', '0.02 USD'],
  outstanding: ['0.02 USDC', 'sent'],
  'jobs --days 9999': ['req_0123456789'],
  'models image': ['0.0728 USD'],
  limits: ['0.25 USD', '499.94 USD'],
  balance: ['unknown', '127.0.0.1:9']
}

/** Runs commands in a terminal of so many columns, as a person would. @returns what it shows, by command. */
function inTerminal(home: string, columns: number, commands: readonly string[]): ReadonlyMap<string, string> {
  const lines = commands.map((command) => `echo '== ${command}'; "$NODE" "$BIN" --utc ${command}`)
  const script = [`stty cols ${columns} rows 50`, ...lines, 'true'].join('; ')
  const env = {
    PATH: process.env.PATH,
    NODE: process.execPath,
    BIN: bin,
    BURSAR_HOME: home,
    BURSAR_RPC_BASE: 'http://127.0.0.1:9',
    KATANA_URL: 'http://127.0.0.1:9',
    TERM: 'xterm',
    NO_COLOR: '1'
  }
  const { stdout, status } = spawnSync('script', ['-qec', script, '/dev/null'], { env, encoding: 'utf8' })
  expect(status).toBe(0)
  const text = stripVTControlCharacters(stdout)
    .replaceAll('\r\n', '\n')
    // The line that says how long a command has been working is written over.
    .replace(/\r(?:Working, \d+ s)?/g, '')
  const parts = text.split(/^== (.*)\n/m).slice(1)
  return new Map(commands.map((command, at) => [command, parts[at * 2 + 1] ?? '']))
}

describe('P51: every list', () => {
  it.each([24, 40, 60, 80, 120])(
    'fits a terminal of %i columns, and shows what is needed',
    async (columns) => {
      const { home, bursar } = newTerminal({ answers: [EVM_KEY, 'correct horse', 'correct horse'] })
      await fillLedger(home)
      expect((await bursar('wallet', 'import')).code).toBe(0)
      expect((await bursar('limits', 'set', 'payment=0.25', 'total=500')).code).toBe(0)
      const screens = inTerminal(home, columns, Object.keys(lists))
      for (const [command, headers] of Object.entries(lists)) {
        const screen = screens.get(command) ?? ''
        for (const header of headers) expect(screen, command).toContain(header)
        for (const line of screen.split('\n'))
          expect(textWidth(line), `${command}: ${line}`).toBeLessThanOrEqual(columns)
      }
      for (const [command, texts] of Object.entries(uncut)) {
        const text = (screens.get(command) ?? '').replace(/\s/g, '')
        for (const each of texts) expect(text, `${command}: ${each}`).toContain(each.replace(/\s/g, ''))
      }
      const text = [...screens].map(([command, screen]) => `$ bursar ${command}\n${screen}`).join('\n')
      await expect(text).toMatchFileSnapshot(`../test/screens/${columns}.txt`)
    },
    300_000
  )
})

describe('a terminal that has no room for a table', () => {
  it.each([24, 40])('shows ids and addresses of rows whole, in %i columns', async (columns) => {
    const { home, bursar } = newTerminal({ answers: [EVM_KEY, 'correct horse', 'correct horse'] })
    await fillLedger(home)
    await bursar('wallet', 'import')
    const { out } = await bursar('history', '--json')
    const ids = out
      .trim()
      .split('\n')
      .map((line): string => JSON.parse(line).id)
    const screens = inTerminal(home, columns, [
      'history',
      'wallet list',
      'wallet show',
      'show p019ac1',
      'help'
    ])
    const textOf = (command: string) => (screens.get(command) ?? '').replace(/\s/g, '')
    for (const id of ids) expect(textOf('history')).toContain(id)
    const address = '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266'
    for (const command of ['wallet list', 'wallet show']) expect(textOf(command)).toContain(address)
    expect(textOf('show p019ac1')).toContain(`0x${'ab'.repeat(32)}`)
  })
})

describe('bursar show', () => {
  it('P51: shows one purchase in full, by the beginning of its id or as a table shortens it', async () => {
    const { home, bursar } = newTerminal({ columns: 80 })
    await fillLedger(home)
    const { code, out } = await bursar('show', 'p019ac1', '--utc')
    expect(code).toBe(0)
    await expect(out).toMatchFileSnapshot('../test/screens/show.txt')
    expect((await bursar('show', 'p019ac1…cdef', '--utc')).out).toBe(out)
    expect(await bursar('show', 'p019ac')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/More than one purchase has an id p019ac/)
    })
    expect((await bursar('show', 'qqqq')).err).toMatch(/No purchase has the id qqqq/)
    const [flying] = [(await bursar('show', 'p019ac2', '--utc')).out]
    expect(flying).toMatch(/Next +It can settle until 2026-11-21 22:35\. bursar recover/)
  })
})

describe('bursar history', () => {
  it('P54: is narrowed by time, state, number, and by what totals add up', async () => {
    const { home, bursar } = newTerminal()
    await fillLedger(home)
    const ids = async (...argv: string[]) => {
      const { out } = await bursar('history', '--json', '--utc', ...argv)
      return out.split('\n').flatMap((line) => (line === '' ? [] : JSON.parse(line).id[6]))
    }
    expect(await ids()).toEqual(['4', '3', '2', '1', '0'])
    expect(await ids('--from', '2026-11-22', '--to', '2026-11-22')).toEqual(['3', '2', '1'])
    expect(await ids('--to', '2026-11-21 22:31')).toEqual(['0'])
    expect(await ids('--state', 'undelivered')).toEqual(['1'])
    expect(await ids('--state', 'settled')).toEqual(['0'])
    expect(await ids('--limit', '2')).toEqual(['4', '3'])
    expect(await ids('--network', 'solana')).toEqual(['1'])
    expect(await ids('--by', 'agent=research')).toEqual(['0'])
    const payer = `0x${'2'.repeat(40)}`
    expect(await ids('--payer', payer, '--limit', '2')).toEqual(['4', '3'])
    expect(await ids('--by', `payer=${payer}`)).toHaveLength(5)
    expect(await ids('--payer', `0x${'3'.repeat(40)}`)).toEqual([])
    const byPayer = JSON.parse((await bursar('totals', '--json', '--by', 'payer')).out)
    expect(byPayer).toMatchObject({ by: ['payer'], totals: [{ keys: [payer], outstanding: '0.02' }] })
    expect(await ids('--by', 'network=Base', '--limit', '1')).toEqual(['4'])
    const sums = JSON.parse((await bursar('totals', '--json', '--to', '2026-11-21', '--utc')).out)
    expect(sums.sum).toMatchObject({ settled: 1 })
    for (const argv of [
      ['--from', 'x'],
      ['--by', 'x'],
      ['--network', 'x'],
      ['--from', '2026-11-21', '--days', '1']
    ])
      expect((await bursar('history', ...argv)).code, argv.join(' ')).toBe(2)
  })
})

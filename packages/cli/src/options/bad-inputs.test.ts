import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Option } from 'commander'
import { describe, expect, it } from 'vitest'
import { startPaidServer } from '../../../../test/loopback/paid-server.js'
import { fillLedger } from '../../test/filled-ledger.js'
import { documentsOf } from '../../test/json-documents.js'
import { payer } from '../../test/paying-terminal.js'
import { EVM_KEY, newTerminal } from '../../test/terminal.js'
import { verbName, verbsOf } from '../contract/verbs-of.js'
import { createProgram } from '../program.js'
import { collect } from './collect.js'

const io = { env: {}, out: () => {}, err: () => {}, write: async () => {} }
const progress = {
  hasReserved: false,
  moneyAtStake: 'none',
  handlesInterrupts: false,
  exitCode: 0,
  jsonForm: 'document'
} as const
const program = createProgram(io, '1.2.3', progress)

/** What is no number, no amount, no time, no name of a choice and no network. */
const wrongValues = ['NaN', '-1', '1e3', '0x10', '∞', '1,5', 'x'.repeat(5_000)]
/** A request can have an empty body. */
const mayBeEmpty = ['--data', '--data-binary']

/** Every wrong value of an option: what is empty, and where its value is read as something, what is not that. */
function wrongFor({ required, parseArg, argChoices, long }: Option): readonly string[] {
  if (!required || !long || mayBeEmpty.includes(long)) return []
  const isRead = argChoices !== undefined || (parseArg !== undefined && parseArg !== collect)
  return isRead ? ['', ...wrongValues] : ['']
}

const cases = verbsOf(program).map((command) => {
  const operands = command.registeredArguments.flatMap(({ required, argChoices }) =>
    required ? (argChoices?.[0] ?? 'https://a.example/report') : []
  )
  const needed = command.options.filter(({ mandatory }) => mandatory).map(({ long = '' }) => long)
  const options = command.options.flatMap((option) =>
    wrongFor(option).map((value) => [option, value] as const)
  )
  return { verb: verbName(command), operands, needed, options }
})

/** Every file of a folder, by what it holds. */
function contentsOf(folder: string): Readonly<Record<string, string>> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile()
  )
  return Object.fromEntries(
    files.map(({ parentPath, name }) => {
      const path = join(parentPath, name)
      return [path, createHash('sha256').update(readFileSync(path)).digest('hex')]
    })
  )
}

describe('a wrong value', () => {
  it.each(cases)(
    'of every option of bursar $verb is named, with 2, and changes nothing',
    async ({ verb, operands, needed, options }) => {
      const { bursar, home } = payer()
      await fillLedger(home)
      const before = contentsOf(home)
      for (const [{ long = '', name }, value] of options) {
        const others = needed.filter((each) => each !== long).flatMap((each) => [each, 'evm'])
        const words = [...verb.split(' '), ...operands, ...others, long, value]
        const shown = `${verb} ${long} ${value.slice(0, 20)} ${name}`
        const ended = await bursar(...words)
        expect(ended, shown).toMatchObject({ code: 2, out: '', err: expect.stringContaining(long) })
        expect(ended.err, shown).not.toMatch(/\n\s+at /)
        const documents = documentsOf(verb, (await bursar(...words, '--json')).out)
        expect(documents, shown).toMatchObject([
          { error: { code: 'command/usage', exitCode: 2, money: 'none' } }
        ])
      }
      expect(contentsOf(home)).toEqual(before)
    },
    120_000
  )

  it.each(cases.filter(({ operands }) => operands.length > 0))(
    'of the arguments of bursar $verb, which are empty or missing, is named, with 2',
    async ({ verb, operands, needed }) => {
      const { bursar, home } = payer()
      const others = needed.flatMap((each) => [each, 'evm'])
      const empty = await bursar(...verb.split(' '), ...operands.slice(1), '', ...others)
      expect(empty.code, empty.err).toBe(2)
      expect(empty.err).toMatch(/is empty|value '' is invalid/)
      const missing = await bursar(...verb.split(' '), ...others)
      expect(missing).toMatchObject({ code: 2, err: expect.stringMatching(/missing required argument '/) })
      expect(readdirSync(home)).toEqual([])
    }
  )
})

describe('an option before the verb', () => {
  it.each([
    ['--wallet', '', 'balance'],
    ['--wallet', '../x', 'balance'],
    ['--wallet', 'nobody', 'balance'],
    ['--passphrase-fd', '', 'balance'],
    ['--passphrase-fd', 'NaN', 'balance'],
    ['--passphrase-fd', '-1', 'balance'],
    ['--passphrase-file', '', 'wallet create'],
    ['--passphrase-file', '/', 'wallet create'],
    ['--passphrase-file', '/dev/null/x', 'wallet create'],
    ['--policy', '', 'limits'],
    ['--policy', '/', 'limits'],
    ['--policy', '/nowhere/policy.json', 'limits'],
    ['--set', '', 'limits'],
    ['--set', 'limits.day', 'limits'],
    ['--set', 'limits.day=NaN', 'limits'],
    ['--set', 'limits.day=-1', 'limits'],
    ['--set', 'limits.day=0.0000001', 'limits'],
    ['--rate', 'EURC=NaN', 'limits'],
    ['--rate', 'EURC=-1', 'limits']
  ])('%s %s: is named, with what is wrong and 2', async (option, value, verb) => {
    const { bursar, home } = newTerminal()
    const ended = await bursar(option, value, ...verb.split(' '))
    expect(ended, ended.err).toMatchObject({ code: 2, out: '' })
    const shown = value.replace(/^limits\.day=/, '')
    expect(ended.err.includes(option) || (shown !== '' && ended.err.includes(shown)), ended.err).toBe(true)
    expect(ended.err).not.toMatch(/\n\s+at /)
    expect(readdirSync(home)).toEqual([])
  })
})

describe('a path', () => {
  it.each([
    'wallet import x --file',
    'wallet passphrase --new-passphrase-file',
    'policy check',
    'pay URL --max-amount 1 -o',
    'pay URL --max-amount 1 -F a=@',
    'report --html',
    'backup'
  ])('bursar %s that is a folder is named, with 2, and nothing is paid', async (words) => {
    const { url, payments } = await startPaidServer()
    const { bursar, home } = payer({ answers: [EVM_KEY, 'correct horse', 'correct horse'] })
    await bursar('wallet', 'import', 'main')
    const argv = words.replace('URL', `${url}/report`).split(' ')
    const path = argv.at(-1)?.endsWith('@')
      ? [...argv.slice(0, -1), `${argv.at(-1)}${home}`]
      : [...argv, home]
    const before = contentsOf(home)
    const ended = await bursar(...path)
    expect(ended, ended.err).toMatchObject({ code: 2, out: '', err: expect.stringContaining(home) })
    expect(payments()).toBe(0)
    expect(contentsOf(home)).toEqual(before)
  })
})

it('says of an option of verbs that stands before them where it belongs', async () => {
  const { bursar } = newTerminal()
  expect((await bursar('--testnet', 'balance')).err).toContain('after the verb: bursar VERB --testnet')
  for (const argv of [
    ['--nope', 'balance'],
    ['balance', '--nope']
  ])
    expect((await bursar(...argv)).err).not.toContain('after the verb')
})

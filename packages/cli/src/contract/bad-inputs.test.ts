import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { payer } from '../../test/paying-terminal.js'
import { newTerminal } from '../../test/terminal.js'
import { createProgram } from '../program.js'
import { verbName, verbsOf } from './verbs-of.js'

const progress = {
  hasReserved: false,
  moneyAtStake: 'none',
  handlesInterrupts: false,
  exitCode: 0,
  jsonForm: 'document'
} as const
const silent = { env: {}, out: () => {}, err: () => {}, write: async () => {} }
const verbs = verbsOf(createProgram(silent, '1.2.3', progress))

/** What nobody means, as a person's slip or another program's variable gives it. */
const bad = ['', ' ', 'NaN', '-1', '1e999', '9'.repeat(5_000), '\u{1F4B8}', '\u202Eevil', 'a\nb', '../../etc', '/', '-']

/** Verbs that would go on running, ask a person or start chains. */
const long = /^(?:dev|mcp|proxy|watch|dashboard|unlock)$/

/** Line breaks and the marks of a stack trace are in no error that people read. */
function expectOneLine(err: string, argv: readonly string[]): void {
  expect(err, argv.join(' ')).not.toMatch(/^\s+at .+:\d+:\d+/m)
  expect(err, argv.join(' ')).not.toMatch(/TypeError|RangeError|undefined is not|\[object Object\]/)
  expect(err.length, argv.join(' ')).toBeLessThan(2_000)
}

const options = verbs.flatMap((verb) =>
  verb.options
    .filter(({ long: name, required }) => required && name !== undefined)
    .map(({ long: name = '' }) => [verbName(verb), name] as const)
)

describe('what is no value of an option', () => {
  it.each(options.filter(([verb]) => !long.test(verb)))('bursar %s %s', async (verb, option) => {
    const { bursar, home } = payer()
    mkdirSync(join(home, 'folder'))
    for (const value of [...bad, join(home, 'folder')]) {
      const argv = [...verb.split(' '), ...argumentsOf(verb), option, value]
      const { code, err } = await bursar(...argv)
      expect([0, 1, 2, 3, 7], argv.join(' ')).toContain(code)
      expectOneLine(err, argv)
    }
  })
})

describe('what is no value of an argument', () => {
  const withArguments = verbs.filter((verb) => verb.registeredArguments.length > 0).map(verbName)
  it.each(withArguments.filter((verb) => !long.test(verb)))('bursar %s', async (verb) => {
    const { bursar } = payer()
    const given = argumentsOf(verb)
    for (const value of bad) {
      const argv = [...verb.split(' '), value, ...given.slice(1)]
      const { code, err } = await bursar(...argv)
      expect([0, 1, 2, 3, 7], argv.join(' ')).toContain(code)
      expectOneLine(err, argv)
    }
  })
})

describe('a setting that is none', () => {
  it.each(['BURSAR_HOME', 'BURSAR_RATES', 'BURSAR_RPC_BASE', 'BURSAR_WALLET', 'BURSAR_PASSPHRASE_FD', 'EVM_PRIVATE_KEY', 'KATANA_URL'])(
    '%s',
    async (name) => {
      for (const value of bad.filter((text) => text !== '')) {
        const { bursar } = newTerminal({ env: { [name]: value } })
        const { code, err } = await bursar('balance')
        expect([0, 1, 2, 7], `${name}=${value}`).toContain(code)
        expectOneLine(err, [`${name}=${value.slice(0, 20)}`])
        expect(err).not.toContain('9'.repeat(500))
      }
    }
  )
})

/** Good arguments of a verb, that pay nothing: nobody listens there. */
function argumentsOf(verb: string): readonly string[] {
  const given: Readonly<Record<string, readonly string[]>> = {
    pay: ['http://127.0.0.1:9'],
    quote: ['http://127.0.0.1:9'],
    topup: ['1'],
    image: ['A lighthouse'],
    video: ['A wave'],
    chat: ['Hello'],
    env: ['codex'],
    'jobs resume': ['a-job'],
    'wallet default': ['main'],
    'wallet rename': ['main', 'other'],
    'wallet remove': ['main'],
    cancel: ['a-purchase'],
    freeze: ['a test']
  }
  return given[verb] ?? []
}

import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { documentsOf } from '../../test/json-documents.js'
import { EVM_KEY, newTerminal } from '../../test/terminal.js'
import { verbExits } from '../contract/verb-exits.js'

const nowhere = 'http://127.0.0.1:9'
const cut = { EVM_PRIVATE_KEY: EVM_KEY, BURSAR_RPC_BASE: nowhere, KATANA_URL: nowhere }
const paid = ['--max-amount', '1']

/** For each verb a command line that cannot succeed, and the code of its error. */
const failures: Readonly<Record<string, readonly [argv: readonly string[], code: string]>> = {
  pay: [[nowhere, ...paid], 'request/unreachable'],
  quote: [[nowhere], 'request/unreachable'],
  topup: [['1', ...paid], 'request/unreachable'],
  transactions: [[], 'service/unreachable'],
  image: [['A lighthouse', ...paid], 'request/unreachable'],
  video: [['A wave', ...paid], 'request/unreachable'],
  chat: [['Hello', '--billing', 'direct', ...paid], 'request/unreachable'],
  models: [['--live'], 'service/unreachable'],
  reconcile: [[], 'rpc/unavailable']
}

describe('with --json, a verb that fails prints its error, in the form of its schema', () => {
  it.each(Object.entries(failures))('bursar %s', async (verb, [argv, code]) => {
    const { bursar, home } = newTerminal({ env: cut })
    const ended = await bursar(
      ...verb.split(' '),
      '--json',
      ...argv,
      ...(verb === 'image' ? ['-o', home] : [])
    )
    const documents = documentsOf(verb, ended.out)
    expect(documents).toMatchObject([{ error: { code, verb, exitCode: ended.code, money: 'none' } }])
    expect(ended.code).toBeGreaterThan(0)
    expect(ended.err).toContain(code)
  })

  it.each(Object.keys(verbExits))(
    'bursar %s, called wrongly: command/usage, and exit code 2',
    async (verb) => {
      const { bursar } = newTerminal()
      const ended = await bursar(...verb.split(' '), '--json', '--no-such-option')
      expect(ended.code).toBe(2)
      expect(JSON.parse(ended.out)).toMatchObject({
        error: {
          code: 'command/usage',
          exitCode: 2,
          money: 'none',
          message: expect.stringMatching(/^(?:unknown|required) option/)
        }
      })
    }
  )

  it.each(['history', 'totals', 'outstanding', 'recover', 'freeze'])(
    'bursar %s, whose ledger is a folder: the folder is named, and nothing was paid',
    async (verb) => {
      const { bursar, home } = newTerminal({ env: cut })
      mkdirSync(join(home, 'ledger.db'))
      const argv = verb === 'freeze' ? ['a test'] : []
      const { code, out, err } = await bursar(verb, '--json', ...argv)
      expect(documentsOf(verb, out)).toMatchObject([{ error: { code: 'ledger/unavailable', money: 'none' } }])
      expect([code, err]).toEqual([1, expect.stringContaining(home)])
    }
  )

  it('prints one document only, where the verb has printed its own before it failed', async () => {
    const { bursar } = newTerminal({ env: cut })
    const { out, code } = await bursar('balance', '--json')
    expect(code).toBe(7)
    expect(documentsOf('balance', out)).toMatchObject([{ wallets: [{ error: 'rpc/unavailable' }] }])
  })

  it('says so on standard error alone without --json', async () => {
    const { bursar } = newTerminal({ env: cut })
    expect(await bursar('pay', nowhere, ...paid)).toMatchObject({ code: 7, out: '' })
  })
})

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Stack } from '@bursar/gateway'
import { stackTest } from '@bursar/gateway/vitest'
import { describe, expect } from 'vitest'
import { documentsOf } from '../../test/json-documents.js'
import { newStackTerminal, newTerminal } from '../../test/terminal.js'
import { verbExits } from '../contract/verb-exits.js'

const test = stackTest({ solana: false })

/** A verb that ran: its words, what it printed, and how it ended. */
interface Ran {
  readonly verb: string
  readonly code: number
  readonly documents: readonly unknown[]
}

type Bursar = (...argv: string[]) => Promise<{ readonly code: number; readonly out: string }>

/** Runs command lines with `--json`, and holds each to the schema of its verb. */
function asJson(bursar: Bursar) {
  return async (verb: string, ...argv: string[]): Promise<Ran> => {
    const { code, out } = await bursar(...verb.split(' '), '--json', ...argv)
    return { verb, code, documents: documentsOf(verb, out) }
  }
}

const paid = ['--max-amount', '5']
/** Verbs that run until they are stopped: their own tests hold what they print to their schemas. */
const servers = ['dev', 'dev fund', 'proxy', 'mcp', 'dashboard', 'watch', 'unlock', 'lock']

/** Command lines of every other verb that come to a good end, in this order. */
function successes({ env }: Stack, home: string): readonly (readonly [verb: string, ...argv: string[]])[] {
  const out = ['-o', join(home, 'out')]
  return [
    ['limits set', 'payment=5', 'day=20'],
    ['limits show'],
    ['limits unset', 'day'],
    ['policy set', 'limits.day=20'],
    ['policy show'],
    ['policy check'],
    ['policy explain', env.X402_REPORT_URL],
    ['policy unset', 'limits.day'],
    ['completion', 'bash'],
    ['pay', env.X402_REPORT_URL],
    ['quote', env.X402_REPORT_URL],
    ['balance'],
    ['doctor', env.X402_REPORT_URL],
    ['topup', '0.50', ...paid],
    ['transactions'],
    ['proof'],
    ['image', 'A lighthouse', ...out],
    ['video', 'A wave', ...out],
    ['chat', 'Hello'],
    ['env', 'claude'],
    ['env', 'codex'],
    ['models', 'image'],
    ['models', '--live'],
    ['jobs list'],
    ['history'],
    ['report'],
    ['totals', '--by', 'host'],
    ['outstanding'],
    ['recover'],
    ['reconcile'],
    ['freeze', 'a test'],
    ['thaw'],
    ['backup', join(home, 'copy.db')],
    ['prune', '--days', '62'],
    ['explain'],
    ['explain', 'offer/over-limit'],
    ['exit-codes'],
    ['exit-codes', 'pay'],
    ['schema'],
    ['schema', 'wallet', 'create'],
    ['help'],
    ['help', '--man'],
    ['version']
  ]
}

describe('with --json, every verb prints what its published schema says', () => {
  test('where it does what it is asked', async ({ stack }) => {
    const { bursar, home } = await newStackTerminal(stack, { funds: '20' })
    const run = asJson(bursar)
    const ran = new Set(servers)
    for (const [verb, ...argv] of successes(stack, home)) {
      const { code, documents } = await run(verb, ...argv)
      expect([verb, code, documents[0]]).not.toMatchObject([verb, code, { error: {} }])
      expect([verb, code]).toEqual([verb, 0])
      ran.add(verb)
    }
    const [{ job } = { job: '' }] = (await run('image', 'Another', '-o', home)).documents as { job: string }[]
    expect((await run('jobs resume', job, '-o', join(home, 'again'))).code).toBe(0)
    const [{ id } = { id: '' }] = (await run('history')).documents as { id: string }[]
    expect((await run('show', id)).code).toBe(0)
    expect([3, 4]).toContain((await run('cancel', id)).code)
    for (const verb of [
      ...Object.keys(verbExits).filter((name) => name.startsWith('wallet')),
      'jobs resume',
      'show',
      'cancel'
    ])
      ran.add(verb)
    expect([...ran].toSorted()).toEqual(Object.keys(verbExits).toSorted())
  })

  test('of wallets', async () => {
    const twice = ['correct horse', 'correct horse']
    const { bursar, home } = newTerminal({ answers: [...twice, 'correct horse', 'correct horse', ...twice] })
    const run = asJson(bursar)
    expect((await run('wallet list')).documents).toEqual([{ keys: [], damaged: [] }])
    expect((await run('wallet create', 'hot')).code).toBe(0)
    writeFileSync(join(home, 'keys', 'other.evm.json'), '')
    for (const [verb, ...argv] of [
      ['wallet list'],
      ['wallet show'],
      ['wallet default', 'hot'],
      ['wallet export', '--chain', 'evm'],
      ['wallet export', '--chain', 'solana', '--plain'],
      ['wallet rename', 'hot', 'cold'],
      ['wallet passphrase', 'cold'],
      ['wallet remove', 'cold', '--yes', '--force']
    ] as const)
      expect([verb, (await run(verb, ...argv)).code]).toEqual([verb, 0])
  })

  test('where there is nothing to show', async () => {
    const { bursar } = newTerminal()
    const run = asJson(bursar)
    expect((await run('history')).documents).toEqual([])
    expect((await run('outstanding')).documents).toEqual([])
    expect((await run('totals')).documents).toMatchObject([{ totals: [] }])
    expect((await run('jobs list')).documents).toEqual([{ jobs: [] }])
    expect((await run('models', 'no-such-model')).documents).toEqual([{ models: [] }])
    expect((await run('limits show')).documents).toMatchObject([{ limits: [] }])
  })
})

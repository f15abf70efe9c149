import { spawn } from 'node:child_process'
import { chmodSync, chownSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { fillLedger } from '../packages/cli/test/filled-ledger.js'
import { bin, type Ended } from './command.js'

const SOMEBODY = 1000
const isRoot = process.getuid?.() === 0

/** A home with a record that the command may read and not write, as in a container whose file system is read-only. */
async function newReadOnlyHome({ isFilled = true } = {}) {
  const home = mkdtempSync(join(tmpdir(), 'bursar-read-only-'))
  onTestFinished(() => {
    chmodSync(home, 0o700)
    rmSync(home, { recursive: true })
  })
  if (isFilled) await fillLedger(home)
  writeFileSync(join(home, 'policy.json'), JSON.stringify({ limits: { payment: '0.25', total: '500' } }))
  for (const name of readdirSync(home)) chmodSync(join(home, name), 0o444)
  chmodSync(home, 0o555)
  const temporary = mkdtempSync(join(tmpdir(), 'bursar-read-only-tmp-'))
  onTestFinished(() => rmSync(temporary, { recursive: true }))
  // Root may write everything, so that the command is another user's then.
  if (isRoot) chownSync(temporary, SOMEBODY, SOMEBODY)
  const env = { PATH: process.env.PATH, BURSAR_HOME: home, TMPDIR: temporary, HOME: temporary }
  const user = isRoot ? { uid: SOMEBODY, gid: SOMEBODY } : {}
  const start = (argv: readonly string[], interruptAt?: string) =>
    new Promise<Ended>((resolve) => {
      const stdio = ['ignore', 'pipe', 'pipe'] as const
      const child = spawn(process.execPath, [bin, '--utc', ...argv], { env, ...user, stdio: [...stdio] })
      let [out, err] = ['', '']
      child.stdout.on('data', (chunk) => (out += chunk))
      child.stderr.on('data', (chunk) => {
        err += chunk
        // Once: a second signal would end it at once.
        if (interruptAt !== undefined && err.includes(interruptAt) && !child.killed) child.kill('SIGINT')
      })
      child.on('close', (code) => resolve({ code, out, err }))
    })
  const bursar = Object.assign((...argv: readonly string[]) => start(argv), {
    /** Interrupts it once it has written something to standard error. */
    until: (text: string, ...argv: readonly string[]) => start(argv, text)
  })
  return { home, temporary, bursar }
}

describe('a home that cannot be written', () => {
  it('is looked at all the same, and said to be a copy; nothing of that stays', async () => {
    const { home, temporary, bursar } = await newReadOnlyHome()
    const notice = `${join(home, 'ledger.db')} cannot be written here: a copy of it is read`
    for (const [argv, shown] of [
      [['history'], 'p019ac0'],
      [['totals'], '0.04 USD'],
      [['outstanding'], 'p019ac2'],
      [['show', 'p019ac1'], 'undelivered'],
      [['jobs', '--days', '9999'], 'req_0123456789'],
      [['limits'], '499.94 USD'],
      [['report', '--json'], 'p019ac0']
    ] as const) {
      const { code, out, err } = await bursar(...argv)
      expect([argv, code], err).toEqual([argv, 0])
      expect(out).toContain(shown)
      expect(err.split(notice)).toHaveLength(2)
    }
    expect(readdirSync(temporary)).toEqual([])
  })

  it('in which nothing was bought yet says so, and is no error', async () => {
    const { home, temporary, bursar } = await newReadOnlyHome({ isFilled: false })
    const notice = `There is no ${join(home, 'ledger.db')} yet, so that nothing was bought`
    for (const [argv, shown] of [
      [['history'], /^Nothing was bought\.\n$/],
      [['totals'], /^Nothing was bought\.\n$/],
      [['outstanding'], /^No payment is in flight\.\n$/],
      [['jobs'], /^There are no jobs\./],
      [['history', '--json'], /^$/],
      [['report', '--json'], /"recent":\[\]/]
    ] as const) {
      const { code, out, err } = await bursar(...argv)
      expect([argv, code], err).toEqual([argv, 0])
      expect(out).toMatch(shown)
      expect(err.split(notice)).toHaveLength(2)
    }
    // What is left is known without a record.
    expect(await bursar('limits')).toMatchObject({
      code: 0,
      out: expect.stringContaining('500 USD'),
      err: ''
    })
    const paying = await bursar('freeze', 'why')
    expect(paying).toMatchObject({ code: 1, err: expect.stringContaining(`The ledger is in ${home}`) })
    expect([readdirSync(home), readdirSync(temporary)]).toEqual([['policy.json'], []])
  })

  it('is backed up and watched, and said to be a copy', async () => {
    const { home, temporary, bursar } = await newReadOnlyHome()
    const to = join(temporary, 'backup.db')
    expect(await bursar('backup', to)).toEqual({ code: 0, out: `${to}\n`, err: '' })
    expect(await bursar('--set', `ledger=${to}`, 'history')).toMatchObject({
      code: 0,
      out: expect.stringContaining('p019ac0')
    })
    const { code, err } = await bursar.until('Watching', 'watch')
    expect([code, err]).toEqual([
      0,
      expect.stringContaining(`${join(home, 'ledger.db')} cannot be written here`)
    ])
    for (const name of readdirSync(temporary)) expect(name).toMatch(/^backup\.db/)
  })

  it('is said of every verb that would write, with the place, and changes nothing', async () => {
    const { home, bursar } = await newReadOnlyHome()
    const policy = readFileSync(join(home, 'policy.json'), 'utf8')
    for (const [argv, code] of [
      [['freeze', 'why'], 1],
      [['thaw'], 1],
      [['prune', '--days', '90'], 1],
      [['dashboard', '--port', '0'], 1],
      [['limits', 'set', 'day=1'], 2],
      [['policy', 'set', 'prefer=cheapest'], 2],
      [['wallet', 'watch', 'w', '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266'], 2]
    ] as const) {
      const ended = await bursar(...argv)
      expect([argv, ended.code], ended.err).toEqual([argv, code])
      expect(ended.err).toContain(home)
      expect(ended.err).toMatch(/cannot be written|may not/)
      // Each reason once, and no name of a draft or a lock.
      expect(ended.err).not.toMatch(/EACCES|EPERM|\.new|\.lock/)
    }
    expect(readFileSync(join(home, 'policy.json'), 'utf8')).toBe(policy)
  })
})

import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { until } from './until.js'

const bin = fileURLToPath(new URL('../packages/cli/dist/bin.js', import.meta.url))
const PASSPHRASE = 'correct horse battery staple'

/** The command in a home with a wallet `main`, as a script starts it: without a terminal. */
async function newHome() {
  const home = mkdtempSync(join(tmpdir(), 'bursar-unlock-'))
  const file = join(home, 'passphrase')
  writeFileSync(file, PASSPHRASE, { mode: 0o600 })
  const env = { PATH: process.env.PATH ?? '', BURSAR_HOME: home }
  const bursar = (...argv: string[]) =>
    new Promise<{ code: number | null; out: string; err: string }>((resolve) => {
      const child = spawn(process.execPath, [bin, ...argv], { env, stdio: ['ignore', 'pipe', 'pipe'] })
      let [out, err] = ['', '']
      child.stdout.on('data', (chunk) => (out += chunk))
      child.stderr.on('data', (chunk) => (err += chunk))
      child.on('close', (code) => resolve({ code, out, err }))
    })
  const withFile = (...argv: string[]) => bursar('--passphrase-file', file, ...argv)
  onTestFinished(async () => {
    await bursar('lock')
    rmSync(home, { recursive: true })
  })
  expect((await withFile('wallet', 'create', '--chain', 'evm', '--json')).code).toBe(0)
  return { home, bursar, withFile, file }
}

const agent = fileURLToPath(new URL('../packages/cli/dist/unlock/agent-main.js', import.meta.url))

/** What the system shows of every agent of this build: its process, and a file in /proc by its name. */
function agents() {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => ({ pid: Number(pid), read: (file: string) => readOrNothing(`/proc/${pid}/${file}`) }))
    .filter(({ read }) => read('cmdline').includes(agent))
}

/** A process may have ended meanwhile. */
function readOrNothing(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

/** What others on the machine can see of every agent: arguments and variables. */
function visibleOfAgents(): readonly string[] {
  return agents().map(({ read }) => read('cmdline') + read('environ'))
}

describe('bursar unlock', () => {
  it('P46, M51: no command needs the passphrase until bursar lock, and nobody sees what the agent holds', async () => {
    const { home, bursar, withFile } = await newHome()
    expect(await bursar('proof')).toMatchObject({ code: 2, err: expect.stringContaining('bursar unlock') })
    const unlocked = await withFile('unlock', '--for', '10m', '--json')
    expect(unlocked.code, unlocked.err).toBe(0)
    expect(JSON.parse(unlocked.out)).toEqual({ wallet: 'main', until: expect.stringMatching(/^20.+Z$/) })
    expect(await bursar('proof', '--json')).toMatchObject({ code: 0, out: expect.stringContaining('"name"') })
    expect(statSync(join(home, 'agent')).mode & 0o777).toBe(0o700)
    expect(statSync(join(home, 'agent', 'socket')).mode & 0o777).toBe(0o600)
    const { out: key } = await withFile('wallet', 'export', '--chain', 'evm', '--plain')
    const visible = visibleOfAgents()
    expect(visible.length).toBeGreaterThan(0)
    for (const secret of [PASSPHRASE, key.trim().slice(2)])
      expect(visible.join() + JSON.stringify(unlocked)).not.toContain(secret)
    expect(await bursar('lock', '--json')).toMatchObject({ code: 0, out: '{"locked":true}\n' })
    expect((await bursar('proof')).code).toBe(2)
    expect((await bursar('lock')).err).toBe('Nothing was unlocked.\n')
  })

  it('starts one agent for two commands at once, and locks what both unlocked', async () => {
    const { bursar, withFile } = await newHome()
    await withFile('wallet', 'create', 'second', '--chain', 'evm', '--json')
    const both = await Promise.all([withFile('unlock', 'main'), withFile('unlock', 'second')])
    expect(both.map(({ code }) => code)).toEqual([0, 0])
    for (const name of ['main', 'second']) expect((await bursar('--wallet', name, 'proof')).code).toBe(0)
    expect(await bursar('lock')).toMatchObject({ code: 0, err: 'Locked.\n' })
    for (const name of ['main', 'second']) expect((await bursar('--wallet', name, 'proof')).code).toBe(2)
  })

  it('P46: bursar lock fails while it cannot ask an agent that may hold a key', async () => {
    const { home, bursar, withFile } = await newHome()
    expect((await withFile('unlock')).code).toBe(0)
    chmodSync(join(home, 'agent'), 0o750)
    const refused = await bursar('lock')
    chmodSync(join(home, 'agent'), 0o700)
    expect(refused).toMatchObject({ code: 2, err: expect.stringContaining('A key may still be held') })
    expect((await bursar('lock')).err).toBe('Locked.\n')
  })

  it('P46: has no core dump and no debugger, and one that was killed leaves nothing in the way of the next', async () => {
    const { bursar, withFile } = await newHome()
    expect((await withFile('unlock')).code).toBe(0)
    const [{ pid, read } = expect.unreachable(), ...others] = agents()
    expect(others).toEqual([])
    expect(read('limits')).toMatch(/^Max core file size +0 +0 /m)
    process.kill(pid, 'SIGUSR1')
    expect((await bursar('proof')).code).toBe(0)
    process.kill(pid, 'SIGKILL')
    await until(async () => agents().length === 0)
    expect((await bursar('proof')).code).toBe(2)
    expect((await bursar('lock')).err).toBe('Nothing was unlocked.\n')
    expect((await withFile('unlock')).code).toBe(0)
    expect((await bursar('proof')).code).toBe(0)
  })

  it('gives out no key: wallet export asks for the passphrase all the same', async () => {
    const { bursar, withFile } = await newHome()
    expect((await withFile('unlock')).code).toBe(0)
    expect((await bursar('proof')).code).toBe(0)
    expect(await bursar('wallet', 'export', '--chain', 'evm', '--plain')).toMatchObject({ code: 2, out: '' })
  })

  it('ends by itself', async () => {
    const { bursar, withFile } = await newHome()
    expect((await withFile('unlock', '--for', '1s')).code).toBe(0)
    await until(async () => (await bursar('proof')).code === 2)
    expect((await bursar('lock')).err).toBe('Nothing was unlocked.\n')
  })

  it('is over for a wallet whose passphrase was changed, and adds a second wallet to the first', async () => {
    const { bursar, withFile, home } = await newHome()
    const next = join(home, 'next')
    writeFileSync(next, 'another passphrase', { mode: 0o600 })
    await withFile('wallet', 'create', 'second', '--chain', 'evm', '--json')
    for (const name of ['main', 'second']) expect((await withFile('unlock', name)).code).toBe(0)
    expect((await bursar('--wallet', 'second', 'proof')).code).toBe(0)
    await withFile('wallet', 'passphrase', 'second', '--new-passphrase-file', next)
    expect((await bursar('--wallet', 'second', 'proof')).code).toBe(2)
    expect((await bursar('--wallet', 'main', 'proof')).code).toBe(0)
  })

  it('unlocks nothing for a wrong passphrase or a time that is none', async () => {
    const { bursar, home, withFile } = await newHome()
    const wrong = join(home, 'wrong')
    writeFileSync(wrong, 'wrong horse', { mode: 0o600 })
    expect(await bursar('--passphrase-file', wrong, 'unlock')).toMatchObject({
      code: 2,
      err: expect.stringContaining('key/passphrase-wrong')
    })
    for (const time of ['0m', '25h', '15', 'forever'])
      expect((await withFile('unlock', '--for', time)).code).toBe(2)
    expect((await bursar('proof')).code).toBe(2)
  })
})

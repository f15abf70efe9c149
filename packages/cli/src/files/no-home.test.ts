import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { platform, tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { newTerminal } from '../../test/terminal.js'

const verbs = [
  ['history'],
  ['freeze', 'a look'],
  ['outstanding'],
  ['limits', 'set', 'payment=1'],
  ['policy', 'set', 'limits.day=1'],
  ['wallet', 'create', 'main']
]

// In /proc nobody can make a folder, and Node's own way of making one would never end.
it.runIf(platform() === 'linux').each(verbs)(
  'P62: %s %s says at once which folder cannot be made',
  async (...argv) => {
    const folder = mkdtempSync(join(tmpdir(), 'bursar-no-home-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const passphrase = join(folder, 'passphrase')
    writeFileSync(passphrase, 'correct horse battery\n', { mode: 0o600 })
    const env = { BURSAR_HOME: '/proc/x/y', BURSAR_PASSPHRASE_FILE: passphrase }
    const { code, out, err } = await newTerminal({ env }).bursar(...argv)
    expect([code, out]).toEqual([expect.any(Number), ''])
    expect(code).toBeGreaterThan(0)
    expect(err).toMatch(/\/proc\/x\/y.*(?:cannot be made|cannot be written)|cannot be made.*\/proc\/x\/y/)
  }
)

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { newTerminal } from '../../test/terminal.js'

/**
 * A keychain that keeps each entry in a file, as `secret-tool` (`security` on a Mac) is called. What it was called with is
 * in `calls`.
 */
function newKeychain(exitCode = 0) {
  const folder = mkdtempSync(join(tmpdir(), 'bursar-keychain-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const script = `#!/bin/sh
echo "$@" >> ${folder}/calls
[ ${exitCode} = 0 ] || exit ${exitCode}
if [ "$1" = lookup ] || [ "$1" = find-generic-password ]; then
  [ -f ${folder}/secret ] && cat ${folder}/secret; exit 0
fi
if [ "$1" = store ]; then cat > ${folder}/secret; else sed 's/.* -w //' > ${folder}/secret; fi
`
  for (const name of ['secret-tool', 'security']) writeFileSync(join(folder, name), script, { mode: 0o700 })
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8')
  return {
    env: { PATH: `${folder}:${process.env.PATH}` },
    calls: () => read('calls'),
    secret: () => read('secret')
  }
}

it('--keychain makes a passphrase, keeps it there alone, and opens the wallet with it', async () => {
  const { env, calls, secret } = newKeychain()
  const { bursar, asked } = newTerminal({ env, answers: [] })
  const created = await bursar('--keychain', 'wallet', 'create', '--chain', 'evm', '--json')
  expect(created.code).toBe(0)
  const passphrase = secret().trim()
  expect(passphrase.length).toBeGreaterThanOrEqual(43)
  const plain = await bursar('--keychain', 'wallet', 'export', '--chain', 'evm', '--plain')
  expect(plain).toMatchObject({ code: 0, out: expect.stringMatching(/^0x[0-9a-f]{64}\n$/) })
  // Arguments can be seen by everybody on the machine.
  expect(calls()).not.toContain(passphrase)
  expect(JSON.stringify([created, plain.err])).not.toContain(passphrase)
  expect(asked).toEqual([])
})

it('--keychain never writes over a passphrase that is there', async () => {
  const { env, secret } = newKeychain()
  const { bursar } = newTerminal({ env })
  await bursar('--keychain', 'wallet', 'create', 'main', '--chain', 'evm', '--json')
  const first = secret()
  expect((await bursar('--keychain', 'wallet', 'create', 'main', '--chain', 'solana', '--json')).code).toBe(0)
  expect(secret()).toBe(first)
})

it('--keychain encrypts nothing under a passphrase that the keychain does not give back', async () => {
  const { bursar } = newTerminal({ env: newKeychainEnv(0) })
  expect(await bursar('--keychain', 'wallet', 'create', '--chain', 'evm', '--json')).toMatchObject({
    code: 2,
    err: expect.stringContaining('does not give it back. Nothing was encrypted under it')
  })
  expect(JSON.parse((await bursar('wallet', 'list', '--json')).out)).toMatchObject({ keys: [] })
})

it.each<[string, Readonly<Record<string, string>>, string]>([
  ['is not on this machine', { PATH: '/nowhere' }, 'on this machine to keep the passphrase'],
  ['does not answer', newKeychainEnv(3), 'The keychain did not answer: '],
  ['has no such entry', newKeychainEnv(0), 'The keychain has no passphrase of main']
])('ends with 2 when the keychain %s, and nothing was opened', async (_, env, why) => {
  const { bursar } = newTerminal({ env, answers: ['correct horse', 'correct horse'] })
  await bursar('wallet', 'create', '--chain', 'evm', '--json')
  expect(await bursar('--keychain', 'wallet', 'export', '--chain', 'evm', '--plain')).toMatchObject({
    code: 2,
    out: '',
    err: expect.stringContaining(why)
  })
})

/** Made when the tests are listed: the folder outlives no test run. */
function newKeychainEnv(exitCode: number): Readonly<Record<string, string>> {
  const folder = mkdtempSync(join(tmpdir(), 'bursar-keychain-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  for (const name of ['secret-tool', 'security'])
    writeFileSync(join(folder, name), `#!/bin/sh\nexit ${exitCode}\n`, { mode: 0o700 })
  return { PATH: `${folder}:${process.env.PATH}` }
}

import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { expect, it, onTestFinished } from 'vitest'
import { bin, startCommand } from './command.js'
import { useStack } from './stack.js'

const stack = useStack()

/** A block of the page, by the word after its language. */
function blockOf(name: string): string {
  const page = readFileSync(new URL('../docs/guides/run/backup.md', import.meta.url), 'utf8')
  return new RegExp(`^\`\`\`sh ${name}\\n(.*?)\`\`\`$`, 'ms').exec(page)?.[1] ?? expect.unreachable(name)
}

it('P92: backup and restore as the page has them, to another machine, and what was paid since counts', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bursar-backup-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const [old, other, copies, programs] = ['old', 'new', 'copies', 'programs'].map((name) =>
    join(folder, name)
  )
  for (const each of [old, other, copies, programs]) mkdirSync(each ?? '', { mode: 0o700 })
  symlinkSync(bin, join(programs ?? '', 'bursar'))
  symlinkSync(process.execPath, join(programs ?? '', 'node'))
  const key = generatePrivateKey()
  const { address } = privateKeyToAccount(key)
  await stack.chain.mint(address, 1_000_000n)
  const shared = { EVM_PRIVATE_KEY: key, BURSAR_RPC_BASE: stack.chain.rpcUrl }
  const envOf = (home = '') => ({ ...shared, BURSAR_HOME: home, BACKUPS: copies })
  const run = (name: string, home = '') =>
    spawnSync('/bin/sh', ['-e', '-c', blockOf(name)], {
      env: { ...envOf(home), PATH: `${programs}:${process.env.PATH}` },
      encoding: 'utf8'
    })
  const passphrase = join(folder, 'passphrase')
  writeFileSync(passphrase, 'a passphrase of the tests\n', { mode: 0o600 })
  const create = { ...envOf(old), BURSAR_PASSPHRASE_FILE: passphrase }
  expect(await startCommand(create, 'wallet', 'create').ended).toMatchObject({ code: 0 })
  expect(await startCommand(envOf(old), 'limits', 'set', 'payment=0.05', 'total=0.15').ended).toMatchObject({
    code: 0
  })
  const buy = (home: string | undefined, name: string) =>
    startCommand(envOf(home), 'pay', `${stack.gateway.url}/standard/v2/report?usdc=0.05`, '--name', name)
      .ended
  expect(await buy(old, '1')).toMatchObject({ code: 0 })
  expect(run('backup', old)).toMatchObject({ status: 0 })
  expect(await buy(old, '2')).toMatchObject({ code: 0 })
  const restored = run('restore', other)
  expect([restored.status, restored.stderr]).toEqual([0, ''])
  expect(restored.stdout).toMatch(/1 payment settled by the record, 2 debits by the chains/)
  const listed = await startCommand(envOf(other), 'wallet', 'list').ended
  expect(listed.out).toContain('main')
  expect(await buy(other, '3')).toMatchObject({ code: 0 })
  expect(await buy(other, '4')).toMatchObject({ code: 3, err: expect.stringMatching(/offer\/over-limit/) })
  expect(await stack.chain.authorizationsUsed(address)).toHaveLength(3)
})

import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { startStack } from '@bursar/gateway'
import { expect, it, onTestFinished } from 'vitest'

const require = createRequire(import.meta.url)
const deno = join(dirname(require.resolve('@deno/linux-x64-glibc/package.json')), 'deno')

/** Runs a program on the built packages under Deno with some permissions. @returns what it said, as JSON. */
async function run(program: string, flags: readonly string[]): Promise<unknown> {
  const folder = mkdtempSync(join(tmpdir(), 'bursar-deno-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  symlinkSync(fileURLToPath(new URL('../node_modules', import.meta.url)), join(folder, 'node_modules'))
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  const file = join(folder, 'program.mjs')
  writeFileSync(file, program)
  const { stdout } = await promisify(execFile)(deno, ['run', '--no-prompt', ...flags, file])
  return JSON.parse(stdout)
}

/** Pays for a report, and says what came of it. */
const pay = (evm: string, rpcUrl: string, url: string, more = "ledger: 'memory'") => `
  import { bursarErrorOf, createBursar } from 'bursar'
  import { sqliteLedger } from 'bursar/sqlite'
  const options = { evm: '${evm}', limits: { payment: '0.01' }, rpcUrls: { 'eip155:8453': '${rpcUrl}' } }
  try {
    const bursar = createBursar({ ...options, ${more} })
    const response = await bursar.fetch('${url}')
    console.log(JSON.stringify([response.status]))
    await bursar.close()
  } catch (error) {
    const { code, message, moneyState } = bursarErrorOf(error) ?? { message: String(error) }
    console.log(JSON.stringify([code, message, moneyState]))
  }`

it('P36: under Deno a missing permission is named, with where the money is, and nothing is signed', async () => {
  await using stack = await startStack({ solana: false })
  const wallet = await stack.newWallet('1')
  const [key, rpcUrl] = [wallet.base?.privateKey ?? '', stack.base?.rpcUrl ?? '']
  const url = `${stack.gateway.url}/standard/v2/report`
  const { host } = new URL(url)
  const denied = (flag: string) => [
    'request/unreachable',
    `${host} cannot be reached (Deno needs ${flag}). Nothing was paid.`,
    'none'
  ]
  expect(await run(pay(key, rpcUrl, url), ['--allow-net'])).toEqual(denied('--allow-env'))
  expect(await run(pay(key, rpcUrl, url), ['--allow-env'])).toEqual(denied('--allow-net'))
  // The seller may be reached, and the chain may not: what the wallet has is not known then, and it pays.
  expect(await run(pay(key, rpcUrl, url), ['--allow-env', `--allow-net=${host}`])).toEqual([200])
  expect(await run(pay(key, rpcUrl, url), ['--allow-env', '--allow-net'])).toEqual([200])
  const file = "ledger: sqliteLedger({ path: './ledger.db' })"
  for (const [flags, missing] of [
    [[], 'read'],
    [['--allow-read'], 'write']
  ] as const)
    expect(await run(pay(key, rpcUrl, url, file), ['--allow-env', '--allow-net', ...flags])).toEqual([
      'ledger/unavailable',
      expect.stringMatching(
        new RegExp(`Requires ${missing} access to .*Deno needs --allow-read --allow-write for its file`)
      ),
      'none'
    ])
  expect(await wallet.base?.payments()).toHaveLength(2)
})

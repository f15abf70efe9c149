import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { stackTest } from '@bursar/gateway/vitest'
import { expect } from 'vitest'

const test = stackTest({ solana: false })

const program = `
import { createBursar } from 'bursar'
import { sqliteLedger } from 'bursar/sqlite'
import { replaceFile } from '@bursar/core/files'
const { EVM_PRIVATE_KEY: evm, BURSAR_RPC_BASE: rpc, BURSAR_HOME: home, X402_REPORT_URL: url } = process.env
const options = { evm, limits: { payment: '0.01' }, rpcUrls: { 'eip155:8453': rpc } }
try {
  const bursar = createBursar({ ...options, ledger: sqliteLedger({ path: home + '/ledger.db' }) })
  const { status } = await bursar.fetch(url)
  await replaceFile(home + '/kept.txt', 'kept')
  await bursar.close()
  console.log(status)
} catch (error) {
  console.log(error.code, error.message)
}`

/** Runs the program under Node's permission model. */
async function run(env: Readonly<Record<string, string | undefined>>, ...flags: string[]): Promise<string> {
  const isExperimental = process.versions.node.startsWith('20.')
  const model = isExperimental ? '--experimental-permission' : '--permission'
  const args = [
    model,
    '--allow-fs-read=*',
    '--allow-addons',
    ...flags,
    '--input-type=module',
    '--eval',
    program
  ]
  const cwd = fileURLToPath(new URL('.', import.meta.url))
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    cwd,
    env: { ...process.env, ...env }
  })
  return stdout.trim()
}

test("P36: it pays under Node's permission model, where no program may sync a file", async ({ wallets }) => {
  expect(await run(wallets.env, '--allow-fs-write=*')).toBe('200')
  await expect(wallets).toHavePaidOnce()
})

test("P36: names the flags that the ledger's file needs there", async ({ wallets }) => {
  const said = await run(wallets.env)
  expect(said).toMatch(
    /^ledger\/unavailable .*--permission forbids it: it needs --allow-fs-read and --allow-fs-write/
  )
  await expect(wallets).toHaveSpent('0')
})

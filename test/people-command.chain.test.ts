import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { expect, it, onTestFinished } from 'vitest'
import { startCommand } from './command.js'
import { useStack } from './stack.js'

const stack = useStack()
const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')

it('P2: within the limits that README sets, the top-up that README makes is paid', async () => {
  const [, limits = ''] = /bursar -- (limits set [^#\n]*?) +#/.exec(readme) ?? []
  const [, amount = ''] = /balance\.topUp\('([\d.]+)'\)/.exec(readme) ?? []
  expect(limits).toMatch(/payment=.* day=/)
  const home = mkdtempSync(join(tmpdir(), 'bursar-people-'))
  onTestFinished(() => rmSync(home, { recursive: true }))
  const key = generatePrivateKey()
  await stack.chain.mint(privateKeyToAccount(key).address, 5_000_000n)
  const env = {
    BURSAR_HOME: home,
    EVM_PRIVATE_KEY: key,
    BURSAR_RPC_BASE: stack.chain.rpcUrl,
    KATANA_URL: stack.gateway.url
  }
  expect(await startCommand(env, ...limits.split(' ')).ended).toMatchObject({ code: 0 })
  const { code, out, err } = await startCommand(env, 'topup', amount, '--json').ended
  expect(code, err).toBe(0)
  expect(JSON.parse(out)).toMatchObject({ credited: '1' })
})

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdtempSync, openSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BASE } from '@bursar/core'
import { type Gateway, startGateway } from '@bursar/gateway'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { beforeAll, expect, it, onTestFinished } from 'vitest'
import { bin, startCommand } from './command.js'
import { useStack } from './stack.js'

const stack = useStack()
let gateway: Gateway
beforeAll(async () => {
  const katana = { accounts: [{ key: 'key', secret: 'secret', credits: '123.4' }] }
  const relays = { accounts: [{ key: 'sk-relay', usd: '7.5' }] }
  gateway = await startGateway({ base: stack.chain, katana, relays })
  return () => gateway.stop()
})

/** The command with a funded account, each time from a home that nobody has used. */
async function newUser() {
  const key = generatePrivateKey()
  const { address } = privateKeyToAccount(key)
  await stack.chain.mint(address, 2_000_000n)
  const env = { EVM_PRIVATE_KEY: key, BURSAR_RPC_BASE: stack.chain.rpcUrl, KATANA_URL: gateway.url }
  const bursar = (argv: readonly string[], more = {}) => {
    const home = mkdtempSync(join(tmpdir(), 'bursar-cli-'))
    onTestFinished(() => rmSync(home, { recursive: true }))
    return startCommand({ ...env, BURSAR_HOME: home, ...more }, ...argv).ended
  }
  const topUp = () => bursar(['topup', '0.50', '--max-amount', '0.60', '--json'])
  return { address, key, env, bursar, topUp }
}

it('S8: topup reports wallet, network, asset, what was credited and paid, the balance and the transaction', async () => {
  const { address, topUp } = await newUser()
  expect(JSON.parse((await topUp()).out)).toEqual({
    wallet: address,
    network: BASE,
    networkName: 'Base',
    asset: stack.chain.usdc,
    credited: '0.5',
    creditedAtomic: '500000',
    paid: '0.503938',
    paidAtomic: '503938',
    balance: '0.5',
    transaction: expect.stringMatching(/^0x[0-9a-f]{64}$/)
  })
})

it('a topup whose report standard output does not take ends with 4: it is paid', async () => {
  const { address, env } = await newUser()
  const home = mkdtempSync(join(tmpdir(), 'bursar-cli-'))
  const full = openSync('/dev/full', 'w')
  onTestFinished(() => {
    closeSync(full)
    rmSync(home, { recursive: true })
  })
  const child = spawn(process.execPath, [bin, 'topup', '0.50', '--max-amount', '0.60'], {
    env: { PATH: process.env.PATH, ...env, BURSAR_HOME: home },
    stdio: ['ignore', full, 'ignore']
  })
  expect(await once(child, 'exit')).toEqual([4, null])
  expect(await stack.chain.authorizationsUsed(address)).toHaveLength(1)
})

it('S10, P50: balance shows what Katana holds of each account, from a home that knows of no top-up', async () => {
  const { address, bursar, topUp } = await newUser()
  await topUp()
  const { code, out } = await bursar(['balance', '--json'])
  expect(code).toBe(0)
  expect(JSON.parse(out).prepaid).toEqual([
    {
      service: 'katana',
      network: BASE,
      networkName: 'Base',
      address,
      usdc: '0.5',
      usdcAtomic: '500000',
      error: null
    }
  ])
  const away = await bursar(['balance'], { KATANA_URL: 'http://127.0.0.1:9' })
  expect(away).toMatchObject({
    code: 0,
    out: expect.stringMatching(/katana .*unknown/),
    err: expect.stringContaining('katana: ')
  })
})

it('S11: transactions lists the movements of a balance, newest first', async () => {
  const { bursar, topUp } = await newUser()
  expect((await bursar(['transactions'])).out).toBe('Nothing has moved.\n')
  await topUp()
  await bursar(['chat', 'Hi', '--max-tokens', '16', '--max-amount', '0.1'])
  const { code, out } = await bursar(['transactions', '--json'])
  const movements = out.trim().split('\n')
  expect(code).toBe(0)
  expect(movements.map((line) => JSON.parse(line).type)).toEqual(['refund', 'debit', 'top_up'])
  expect(JSON.parse(movements.at(-1) ?? '')).toMatchObject({ amount: '0.5', at: expect.any(String) })
  expect((await bursar(['transactions'])).out).toMatch(/top_up +0\.5 USDC +0x/)
})

it('S13: balance shows what is left on the account of each key, and never the key', async () => {
  const { bursar } = await newUser()
  const keys = {
    KATANA_API_KEY: 'key:secret',
    OPENCLAW_API_KEY: 'sk-relay',
    OPENCLAW_URL: `${gateway.url}/relays/openclaw`
  }
  const { code, out } = await bursar(['balance', '--json'], keys)
  expect([code, JSON.parse(out).accounts]).toEqual([
    0,
    [
      { service: 'katana', unit: 'credits', left: '123.4', error: null },
      { service: 'openclaw', unit: 'USD', left: '7.500000', error: null }
    ]
  ])
  const wrong = await bursar(['balance'], { KATANA_API_KEY: 'key:of-nobody' })
  expect(wrong).toMatchObject({ code: 1, out: expect.stringMatching(/katana +account of the key +unknown/) })
  expect(wrong.out + wrong.err + out).not.toMatch(/:secret|sk-relay|of-nobody/)
})

it('S14: proof prints a header with which curl spends the balance, and warns of that', async () => {
  const { address, bursar, topUp } = await newUser()
  await topUp()
  const { code, out, err } = await bursar(['proof'])
  expect([code, err]).toEqual([0, expect.stringMatching(/can spend the prepaid balance at http/)])
  const [name = '', value = ''] = out.trim().split(': ')
  expect(name).toBe('X-Sign-In-With-X')
  const url = `${gateway.url}/v1/x402/balance/${address}`
  expect(await (await fetch(url, { headers: { [name]: value } })).json()).toMatchObject({
    balance_usdc: '0.5'
  })
  const other = JSON.parse((await bursar(['proof', '--json'])).out)
  expect(other.value).not.toBe(value)
  expect(await bursar(['proof', '--network', 'solana'])).toMatchObject({ code: 2 })
})

import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BASE, BASE_SEPOLIA, SOLANA_DEVNET, SOLANA_MAINNET } from '@bursar/core'
import { startStack } from '@bursar/gateway'
import { stackTest } from '@bursar/gateway/vitest'
import { startBase } from '@bursar/localchain'
import { createBursar } from 'bursar'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { bin, startCommand } from './command.js'

const test = stackTest()

test('a stack has both chains, wallets with money, and the services, by its options and environment', async ({
  stack
}) => {
  const { env } = stack
  const bursar = createBursar({ ...stack.options, limits: { payment: '0.25' } })
  for (const network of [BASE, SOLANA_MAINNET]) {
    const paid = await bursar.fetch(env.X402_REPORT_URL, { bursar: { prefer: [network] } })
    expect(bursar.receiptOf(paid)).toMatchObject({ network, moneyState: 'settled' })
  }
  expect(await stack.wallets.base?.balance()).toBe(99_990_000n)
  expect(await stack.wallets.solana?.balance()).toBe(99_990_000n)
  for (const relay of ['OPENCLAW', 'TOKENHOT', 'TOKENHUB'] as const) {
    const path = relay === 'TOKENHUB' ? '/api/v1/models' : '/v1/models'
    const headers = { authorization: `Bearer ${env[`${relay}_API_KEY`]}` }
    expect((await fetch(`${env[`${relay}_URL`]}${path}`, { headers })).status, relay).toBe(200)
  }
})

test('P71: what a test pays is not in the ledger of the developer', async ({ stack, wallets }) => {
  const home = mkdtempSync(join(tmpdir(), 'bursar-developer-'))
  onTestFinished(() => {
    vi.unstubAllEnvs()
    rmSync(home, { recursive: true })
  })
  vi.stubEnv('BURSAR_HOME', home)
  for (const { options } of [stack, wallets]) {
    const bursar = createBursar({ ...options, limits: { payment: '0.25' } })
    const paid = await bursar.fetch(stack.env.X402_REPORT_URL)
    expect(bursar.receiptOf(paid)).toMatchObject({ moneyState: 'settled' })
    await bursar.close()
  }
  expect(readdirSync(home)).toEqual([])
})

test('P72: a bursar goes on paying after a stack has travelled', async ({ stack, wallets }) => {
  const bursar = createBursar({ ...wallets.options, limits: { payment: '0.25' } })
  await stack.travel(4_000)
  const paid = await bursar.fetch(stack.env.X402_REPORT_URL, { bursar: { prefer: [BASE] } })
  expect(bursar.receiptOf(paid)).toMatchObject({ network: BASE, moneyState: 'settled' })
})

test('P73: a bursar pays on both chains after a stack was reset', async ({ stack }) => {
  await stack.reset()
  const bursar = createBursar({ ...stack.options, limits: { payment: '0.25' } })
  for (const network of [BASE, SOLANA_MAINNET]) {
    const paid = await bursar.fetch(stack.env.X402_REPORT_URL, { bursar: { prefer: [network] } })
    expect(bursar.receiptOf(paid)).toMatchObject({ network, moneyState: 'settled' })
  }
})

it('P48: a stack can be Base Sepolia and devnet, and a bursar pays there with their USDC', async () => {
  await using stack = await startStack({ networks: 'testnet' })
  const { BURSAR_RPC_BASE_SEPOLIA, BURSAR_RPC_SOLANA_DEVNET, BURSAR_RPC_BASE } = stack.env
  const rpcUrls = [stack.base?.rpcUrl, stack.solana?.rpcUrl, undefined]
  expect([BURSAR_RPC_BASE_SEPOLIA, BURSAR_RPC_SOLANA_DEVNET, BURSAR_RPC_BASE]).toEqual(rpcUrls)
  const bursar = createBursar({ ...stack.options, limits: { payment: '0.25' } })
  for (const network of [BASE_SEPOLIA, SOLANA_DEVNET]) {
    const paid = await bursar.fetch(stack.env.X402_REPORT_URL, { bursar: { prefer: [network] } })
    expect(bursar.receiptOf(paid)).toMatchObject({ network, moneyState: 'settled' })
  }
  expect(await stack.spentBy()).toBe('0.02')
})

test('tests of one file share a stack', async ({ stack }) => {
  expect(await stack.wallets.base?.balance()).toBe(99_990_000n)
})

it('a stack leaves nothing behind, also when it is stopped twice', async () => {
  const stack = await startStack({ solana: false, funds: '0.5' })
  const { url } = stack.gateway
  expect([await stack.wallets.base?.balance(), stack.wallets.solana]).toEqual([500_000n, undefined])
  expect(existsSync(stack.env.BURSAR_HOME)).toBe(true)
  await Promise.all([stack.stop(), stack.stop()])
  expect(existsSync(stack.env.BURSAR_HOME)).toBe(false)
  await expect(fetch(url)).rejects.toThrow()
  await expect(fetch(stack.env.BURSAR_RPC_BASE ?? '')).rejects.toThrow()
})

it('a fork begins as its chain stands, with the same USDC and more of it', async () => {
  await using upstream = await startBase()
  const [holder] = upstream.accounts
  if (!holder) throw new TypeError('There is no account')
  await upstream.mint(holder.address, 7n)
  await using stack = await startStack({ solana: false, base: { forkUrl: upstream.rpcUrl } })
  expect(await stack.base?.balanceOf(holder.address)).toBe(7n)
  expect(await stack.wallets.base?.balance()).toBe(100_000_000n)
  await stack.base?.pause()
  await expect(stack.base?.mint(holder.address, 1n)).rejects.toThrow()
  await upstream.mint(holder.address, 1n)
})

describe('bursar dev', () => {
  function start(...argv: string[]) {
    const started = startCommand({}, 'dev', '--network', 'base', ...argv)
    onTestFinished(() => void started.child.kill('SIGKILL'))
    return started
  }

  it('runs a command inside the stack, and ends with its exit code', async () => {
    const paying = [process.execPath, bin, 'pay', '--max-amount', '0.05']
    const inside = `${paying.join(' ')} $KATANA_URL/standard/v2/report && exit 7`
    const { code, out, err } = await start('--', 'sh', '-c', inside).ended
    expect(err).toContain('Paid 0.01 USDC on Base')
    expect([code, JSON.parse(out)]).toMatchObject([7, { method: 'GET' }])
    expect((await start('--', 'sh', '-c', 'kill -KILL $$').ended).code).toBe(137)
    expect((await start('--', 'no-such-program').ended).err).toContain('no-such-program cannot be run')
  })

  it('says what to export, and ends when it is interrupted', async () => {
    const { child, ended, out } = start('--json')
    await expect.poll(out).toContain('KATANA_URL')
    const env = JSON.parse(out()) as Record<string, string>
    expect((await fetch(`${env.KATANA_URL}/v1/x402`)).status).toBe(200)
    child.kill('SIGINT')
    expect(await ended).toMatchObject({ code: 0, err: expect.stringContaining('are stopped') })
    await expect(fetch(env.BURSAR_RPC_BASE ?? '')).rejects.toThrow()
  })

  it('P47: stands in for the test networks, on which the command pays', async () => {
    const inside = `${process.execPath} ${bin} pay $STANDARD_URL/report --testnet --max-amount 0.05`
    const { code, out, err } = await start('--testnet', '--', 'sh', '-c', inside).ended
    expect(err).toContain('Paid 0.01 USDC (test money) on Base Sepolia')
    expect([code, JSON.parse(out)]).toMatchObject([0, { method: 'GET' }])
  })

  it('says what is wrong with its options, and starts nothing', async () => {
    for (const argv of [
      ['--network', 'x'],
      ['--port', 'x'],
      ['--funds', 'much']
    ])
      expect((await start(...argv).ended).code, argv.join(' ')).not.toBe(0)
  })
})

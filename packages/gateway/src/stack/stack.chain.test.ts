import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { privateKeyToAccount } from 'viem/accounts'
import { describe, expect, it, onTestFinished } from 'vitest'
import { decode, firstOffer } from '../testing/payer.js'
import { rpc } from '../testing/rpc.js'
import { stackTest } from '../vitest.js'
import type { Stack } from './stack.js'
import type { StackWallets } from './stack-wallets.js'
import { startStack } from './start-stack.js'

const test = stackTest({ solana: false })

/** Pays for a report with a wallet on Base, by hand. */
async function pay(stack: Stack, { base }: StackWallets): Promise<Response> {
  const { chain, account } = accountOf(stack, base?.privateKey)
  const url = stack.env.X402_REPORT_URL
  const offer = firstOffer(await fetch(url))
  const nonce = `0x${Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('hex')}` as const
  const validBefore = BigInt(Math.floor(stack.options.clock.nowMs() / 1000) + 300)
  const message = {
    from: account.address,
    to: stack.gateway.payTo.base,
    value: 10_000n,
    validAfter: 0n,
    validBefore,
    nonce
  }
  const signature = await account.signTypedData({
    domain: { name: 'USD Coin', version: '2', chainId: chain.chainId, verifyingContract: chain.usdc },
    types: {
      TransferWithAuthorization: [
        { name: 'from', type: 'address' },
        { name: 'to', type: 'address' },
        { name: 'value', type: 'uint256' },
        { name: 'validAfter', type: 'uint256' },
        { name: 'validBefore', type: 'uint256' },
        { name: 'nonce', type: 'bytes32' }
      ]
    },
    primaryType: 'TransferWithAuthorization',
    message
  })
  const authorization = { ...message, value: '10000', validAfter: '0', validBefore: String(validBefore) }
  const payment = { x402Version: 2, accepted: offer, payload: { authorization, signature } }
  const header = Buffer.from(JSON.stringify(payment)).toString('base64')
  return fetch(url, { headers: { 'PAYMENT-SIGNATURE': header } })
}

function accountOf({ base: chain }: Stack, privateKey: `0x${string}` | undefined) {
  if (!chain || !privateKey) throw new TypeError('The stack has no Base')
  return { chain, account: privateKeyToAccount(privateKey) }
}

describe('the fixture', () => {
  for (const round of ['first', 'second']) {
    test(`P75, P76: gives each test wallets of its own (${round})`, async ({ stack, wallets }) => {
      expect((await pay(stack, wallets)).status).toBe(200)
      expect(await wallets.base?.payments()).toMatchObject([
        { amountAtomic: 10_000n, chain: 'Base', to: stack.gateway.payTo.base }
      ])
      expect(await wallets.base?.balance()).toBe(4_990_000n)
    })
  }
})

test('P76: makes wallets with as much money as a test wants, each with a folder for its ledger', async ({
  stack
}) => {
  const [one, two] = await Promise.all([stack.newWallet('0.5'), stack.newWallet()])
  expect([await one.base?.balance(), await two.base?.balance()]).toEqual([500_000n, 5_000_000n])
  expect(one.base?.address).not.toBe(two.base?.address)
  expect(new Set([one, two, stack.wallets].map(({ env }) => env.BURSAR_HOME)).size).toBe(3)
  expect(existsSync(two.env.BURSAR_HOME)).toBe(true)
  expect(one.options).toMatchObject({ evm: one.env.EVM_PRIVATE_KEY, ledger: 'memory' })
  await expect(stack.newWallet('much')).rejects.toThrow('much')
})

test('P72: travels with chain, gateway and clock, and payments go on', async ({ stack, wallets }) => {
  const before = stack.options.clock.nowMs()
  await stack.travel(4_000)
  expect(stack.options.clock.nowMs() - before).toBeGreaterThanOrEqual(4_000_000)
  const paid = await pay(stack, wallets)
  expect(paid.status).toBe(200)
  expect(decode(paid.headers.get('PAYMENT-RESPONSE'))).toMatchObject({ success: true })
  expect(Date.parse(paid.headers.get('Date') ?? '') - Date.now()).toBeGreaterThan(3_900_000)
})

test('P77: says what was paid, of one test’s wallets and of the stack’s own', async ({ stack, wallets }) => {
  await stack.reset()
  const paying = await stack.newWallet()
  await pay(stack, paying)
  await expect(paying).toHavePaidOnce()
  await expect(paying.base).toHavePaidOnce()
  await expect(paying).toHaveSpent('0.01')
  await expect(stack).not.toHavePaidOnce()
  await expect(wallets).toHaveSpent('0')
  expect([await stack.spentBy(paying), await stack.spentBy()]).toEqual(['0.01', '0'])
  await pay(stack, paying)
  await expect(expect(paying).toHavePaidOnce()).rejects.toThrow(
    'Expected one payment. 2 payments have settled, 0.02 USDC in all:'
  )
})

test('P72: travels by whole seconds, forward', async ({ stack }) => {
  for (const seconds of [0, -1, 1.5, Number.NaN, 1e9])
    await expect(stack.travel(seconds)).rejects.toThrow('travel: give whole seconds from 1 to')
})

test('P73: restores a snapshot, with its time and its ledgers', async ({ stack }) => {
  const paying = await stack.newWallet()
  const file = join(paying.env.BURSAR_HOME, 'ledger.db')
  writeFileSync(file, 'before')
  await stack.travel(500)
  const restore = await stack.snapshot()
  for (let round = 0; round < 2; round++) {
    await pay(stack, paying)
    await stack.travel(1_000)
    writeFileSync(file, 'after')
    const later = await stack.newWallet()
    writeFileSync(join(later.env.BURSAR_HOME, 'ledger.db'), 'later')
    await restore()
    await expect(paying).toHaveSpent('0')
    expect([readFileSync(file, 'utf8'), readdirSync(later.env.BURSAR_HOME)]).toEqual(['before', []])
    const aheadMs = stack.options.clock.nowMs() - Date.now()
    expect(Math.abs(aheadMs - 500_000)).toBeLessThan(60_000)
  }
  await stack.reset()
})

test('P76: 50 tests pay side by side on one stack', async ({ stack }) => {
  const all = await Promise.all(Array.from({ length: 50 }, () => stack.newWallet('0.02')))
  await Promise.all(all.map((each) => pay(stack, each)))
  await Promise.all(all.map((each) => expect(each).toHavePaidOnce()))
})

test('P73: resets chain, gateway and clock, and payments go on', async ({ stack, wallets }) => {
  for (let round = 0; round < 2; round++) {
    await pay(stack, round === 0 ? wallets : stack.wallets)
    await stack.travel(1_000)
    stack.gateway.faults.next('slow', { delayMs: 60_000, times: 9 })
    await stack.reset()
    expect(await stack.wallets.base?.balance()).toBe(100_000_000n)
    expect(await stack.base?.balanceOf(stack.gateway.payTo.base)).toBe(0n)
    expect([await wallets.base?.balance(), stack.gateway.requests]).toEqual([0n, []])
    expect(Math.abs(stack.options.clock.nowMs() - Date.now())).toBeLessThan(60_000)
  }
  expect((await pay(stack, stack.wallets)).status).toBe(200)
})

it('P74: travels with Solana too, and payments there are seen afterwards', async () => {
  await using stack = await startStack({ base: false })
  await stack.travel(4_000)
  const chain = { rpcUrl: stack.env.BURSAR_RPC_SOLANA ?? '' }
  const timeMs = async (): Promise<number> => {
    const slot = await rpc(chain, 'getSlot', { commitment: 'confirmed' })
    return Number(await rpc(chain, 'getBlockTime', slot)) * 1000
  }
  await expect.poll(async () => (await timeMs()) - Date.now()).toBeGreaterThan(3_900_000)
  const { solana } = await stack.newWallet()
  expect(await solana?.balance()).toBe(5_000_000n)
})

it('P73: resets Solana as well', async () => {
  await using stack = await startStack({ base: false })
  const { address = '' } = stack.wallets.solana ?? {}
  await stack.solana?.mint(address, 5n)
  await stack.reset()
  expect(await stack.wallets.solana?.balance()).toBe(100_000_000n)
  expect(await stack.wallets.solana?.payments()).toEqual([])
  const offer = firstOffer(await fetch(stack.env.X402_REPORT_URL))
  expect(offer.payTo).toBe(stack.gateway.payTo.solana)
  await stack.solana?.mint(address, 5n)
  expect(await stack.wallets.solana?.balance()).toBe(100_000_005n)
})

it('P70: removes the folders that a killed stack has left', async () => {
  const child = spawn(process.execPath, ['-e', ''])
  await once(child, 'exit')
  const host = hostname().replace(/\W/g, '_')
  const leftover = join(tmpdir(), `bursar-stack-${host}-${child.pid}-x`)
  const running = join(tmpdir(), `bursar-stack-${host}-${process.pid}-x`)
  for (const folder of [leftover, running]) mkdirSync(join(folder, '1'), { recursive: true })
  onTestFinished(() => {
    for (const folder of [leftover, running]) if (existsSync(folder)) rmSync(folder, { recursive: true })
  })
  await using _stack = await startStack({ solana: false })
  expect([existsSync(leftover), existsSync(running)]).toEqual([false, true])
})

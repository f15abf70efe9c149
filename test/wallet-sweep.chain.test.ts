import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Stack } from '@bursar/gateway'
import { stackTest } from '@bursar/gateway/vitest'
import { createPublicClient, http, parseAbiItem } from 'viem'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { describe, expect } from 'vitest'
import { type Cut, startCutLine } from '../packages/cli/test/cut-line.js'
import { withWallets } from '../packages/cli/test/kept-wallet.js'
import type { TerminalOptions } from '../packages/cli/test/terminal.js'

const test = stackTest({ solana: false })

const transfers = parseAbiItem('event Transfer(address indexed from, address indexed to, uint256 value)')

/** A terminal with a wallet `old` that holds 5 USDC and 1 ETH, and an address that holds nothing. */
async function stage(stack: Stack, { funds = '5', ...options }: TerminalOptions & { funds?: string } = {}) {
  const base = stack.base ?? expect.unreachable()
  const { base: wallet = expect.unreachable() } = await stack.newWallet(funds)
  const to = privateKeyToAccount(generatePrivateKey()).address
  const env = { BURSAR_RPC_BASE: base.rpcUrl, ...options.env }
  const terminal = await withWallets({ old: wallet.privateKey }, { ...options, env })
  const client = createPublicClient({ transport: http(base.rpcUrl) })
  const setEth = (address: string, wei: string) =>
    fetch(base.rpcUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'anvil_setBalance', params: [address, wei] })
    })
  const moved = async () =>
    (
      await client.getLogs({
        ...{ address: base.usdc, event: transfers, fromBlock: 0n },
        args: { from: wallet.address }
      })
    ).length
  return { ...terminal, base, wallet, to, client, setEth, moved, stack }
}

describe('bursar wallet sweep on Base', () => {
  test('P43: moves all USDC and the ETH that is left, while frozen, and neither limits nor reconcile mind', async ({
    stack
  }) => {
    const { bursar, base, wallet, to, client, home } = await stage(stack)
    await bursar('limits', 'set', 'payment=0.1', 'day=1')
    await bursar('freeze', 'the key may be known')
    const swept = await bursar('wallet', 'sweep', 'old', '--to', to, '--native', '--yes', '--json')
    expect(swept.code, swept.err).toBe(0)
    const { moves } = JSON.parse(swept.out)
    expect(moves).toMatchObject([
      { symbol: 'USDC', amount: '5', from: wallet.address, to, status: 'moved' },
      { symbol: 'ETH', amount: expect.stringMatching(/^0\.99/), status: 'moved' }
    ])
    expect([await base.balanceOf(wallet.address), await base.balanceOf(to)]).toEqual([0n, 5_000_000n])
    expect(await client.getBalance({ address: to })).toBeGreaterThan(10n ** 18n - 10n ** 15n)
    expect(await client.getBalance({ address: wallet.address })).toBeLessThan(10n ** 14n)
    expect(swept.err).toMatch(
      /Base: 5 USDC\n {2}from 0x\w{40}\n {2}to {3}0x\w{40}\n {2}fee {2}at most 0\.0\d+ ETH\n/
    )
    expect(readdirSync(join(home, 'sweeps'))).toEqual([])
    expect(await bursar('--wallet', 'old', 'reconcile')).toMatchObject({
      code: 0,
      out: expect.stringContaining('They agree.')
    })
    expect((await bursar('limits')).out).toMatch(/day +1 USD +1 USD/)
    expect((await bursar('history', '--json')).out).toContain(moves[0].transaction)
    const again = await bursar('wallet', 'sweep', 'old', '--to', to, '--yes')
    expect(again).toMatchObject({ code: 0, out: 'There is no USDC to move on Base.\n' })
  })

  test('asks on a terminal, and moves nothing for another word than yes', async ({ stack }) => {
    const { bursar, to, asked, moved } = await stage(stack, { answers: ['y', 'yes'] })
    expect(await bursar('wallet', 'sweep', 'old', '--to', to)).toMatchObject({
      code: 2,
      err: expect.stringContaining('"yes" was not entered. Nothing was done')
    })
    expect([asked, await moved()]).toEqual([['Type yes to move it: '], 0])
    const swept = await bursar('wallet', 'sweep', 'old', '--to', to)
    expect(swept).toMatchObject({ code: 0, out: expect.stringMatching(/^Moved 5 USDC on Base: 0x\w{64}\n$/) })
  })

  test('refuses addresses that nobody should be paid at, and opens no key for them', async ({ stack }) => {
    const { bursar, base, wallet, to, passphraseFile } = await stage(stack)
    rmSync(passphraseFile)
    const wrong: [to: string, why: string][] = [
      [to.slice(0, 41), 'it is not 0x and 40 hex digits'],
      [to.toLowerCase(), 'its letters are not its checksum'],
      [`0x${'0'.repeat(40)}`, 'the zero address'],
      [wallet.address, 'the address of the wallet itself'],
      [base.usdc, 'the contract of USDC'],
      ['0x000000000022D473030F116dDEE9F6B43aC78BA3', 'pays nothing back'],
      ['9B5XszUGdMaxCZ7uSQhPzdks5ZQSmWxrmzCSvtJ6Ns6g', 'has no key']
    ]
    for (const [address, why] of wrong)
      expect(await bursar('wallet', 'sweep', 'old', '--to', address, '--yes'), address).toMatchObject({
        code: 2,
        out: '',
        err: expect.stringContaining(why)
      })
  })

  test('P58: without ETH says how much is missing, and another wallet can pay the gas', async ({ stack }) => {
    const { base: helper = expect.unreachable() } = await stack.newWallet('0')
    const { bursar, wallet, to, setEth, base, home } = await stage(stack)
    await setEth(wallet.address, '0x0')
    // Nobody is asked to confirm what cannot be done.
    const failed = await bursar('wallet', 'sweep', 'old', '--to', to)
    expect(failed).toMatchObject({
      code: 1,
      err: expect.stringMatching(/\n {2}gas {2}0x\w{40} has 0 ETH: it cannot move\n$/)
    })
    expect(failed.out).toMatch(
      /5 USDC on Base did not move: 0x\w{40} has 0 ETH, and up to 0\.0\d+ ETH is needed for gas\.\nSend 0\.0\d+ ETH to it/
    )
    expect(await base.balanceOf(to)).toBe(0n)
    const { bursar: both } = await withWallets(
      { old: wallet.privateKey, helper: helper.privateKey },
      { env: { BURSAR_RPC_BASE: base.rpcUrl } }
    )
    const swept = await both('wallet', 'sweep', 'old', '--to', to, '--gas-from', 'helper', '--yes', '--json')
    expect(JSON.parse(swept.out).moves).toMatchObject([{ status: 'moved', feePayer: helper.address }])
    expect(await base.balanceOf(to)).toBe(5_000_000n)
    expect(await base.authorizationsUsed(wallet.address)).toHaveLength(1)
    expect((await both('--wallet', 'old', 'reconcile')).code).toBe(0)
    expect(readdirSync(home)).toContain('keys')
  })

  for (const cut of ['after it reached the node', 'before it reached the node'] satisfies Cut[])
    test(`a line that is cut ${cut} leaves it unknown, and the next run sends no second transaction`, async ({
      stack
    }) => {
      const base = stack.base ?? expect.unreachable()
      const line = await startCutLine(base.rpcUrl, 'eth_sendRawTransaction', cut)
      const { base: wallet = expect.unreachable() } = await stack.newWallet('5')
      const rpc = { BURSAR_RPC_BASE: line }
      const { bursar, home, passphraseFile } = await withWallets({ old: wallet.privateKey }, { env: rpc })
      const to = privateKeyToAccount(generatePrivateKey()).address
      const lost = await bursar('wallet', 'sweep', 'old', '--to', to, '--yes')
      expect(lost.code).toBe(5)
      const [, hash] = /5 USDC on Base may have moved, or may still: (0x\w{64})\n/.exec(lost.out) ?? []
      const env = { BURSAR_HOME: home, BURSAR_RPC_BASE: base.rpcUrl, BURSAR_PASSPHRASE_FILE: passphraseFile }
      const { bursar: next } = await withWallets({}, { env })
      const elsewhere = privateKeyToAccount(generatePrivateKey()).address
      expect(await next('wallet', 'sweep', 'old', '--to', elsewhere, '--yes')).toMatchObject({
        code: 2,
        err: expect.stringContaining(`An earlier transfer to ${to} may still get into a block (${hash})`)
      })
      expect(await next('wallet', 'sweep', 'old', '--to', to, '--yes')).toMatchObject({
        code: 0,
        out: `Moved 5 USDC on Base: ${hash}\n`
      })
      expect(await base.balanceOf(to)).toBe(5_000_000n)
      expect((await next('--wallet', 'old', 'reconcile')).code).toBe(0)
    })

  test('moves what is on the network that answers, and says which did not', async ({ stack }) => {
    const { bursar, to, base } = await stage(stack, {
      env: { BURSAR_RPC_EIP155_137: 'http://127.0.0.1:9' }
    })
    const swept = await bursar('wallet', 'sweep', 'old', '--to', to, '--yes')
    expect(swept.code).toBe(1)
    expect(swept.out).toMatch(/^Moved 5 USDC on Base: 0x\w{64}\nUSDC on \w+ did not move: No RPC endpoint/)
    expect(await base.balanceOf(to)).toBe(5_000_000n)
    expect((await bursar('wallet', 'sweep', 'old', '--to', to, '--network', 'base', '--yes')).code).toBe(0)
  })
})

import type { Stack } from '@bursar/gateway'
import { stackTest } from '@bursar/gateway/vitest'
import { Connection, Keypair, PublicKey } from '@solana/web3.js'
import { describe, expect } from 'vitest'
import { startCutLine } from '../packages/cli/test/cut-line.js'
import { withWallets } from '../packages/cli/test/kept-wallet.js'

const test = stackTest({ base: false })

/** A terminal with a wallet `old` that holds 5 USDC and 1 SOL, and an address that has nothing, no token account either. */
async function stage(stack: Stack, rpcUrl?: string) {
  const chain = stack.solana ?? expect.unreachable()
  const { solana: wallet = expect.unreachable() } = await stack.newWallet('5')
  const to = Keypair.generate().publicKey.toBase58()
  const connection = new Connection(chain.rpcUrl, 'confirmed')
  const lamports = (address: string) => connection.getBalance(new PublicKey(address))
  const env = { BURSAR_RPC_SOLANA: rpcUrl ?? chain.rpcUrl }
  const terminal = await withWallets({ old: wallet.privateKey }, { env })
  return { ...terminal, chain, wallet, to, lamports }
}

describe('bursar wallet sweep on Solana', () => {
  test('P43: moves all USDC to an address without a token account, then the SOL that is left, and reconcile agrees', async ({
    stack
  }) => {
    const { bursar, chain, wallet, to, lamports } = await stage(stack)
    const swept = await bursar('wallet', 'sweep', 'old', '--to', to, '--native', '--yes', '--json')
    expect(swept.code, swept.err + swept.out).toBe(0)
    expect(JSON.parse(swept.out).moves).toMatchObject([
      { symbol: 'USDC', amount: '5', from: wallet.address, to, status: 'moved' },
      { symbol: 'SOL', status: 'moved' }
    ])
    expect(swept.err).toMatch(
      /Solana: 5 USDC\n[\s\S]+fee {2}at most 0\.0000056 SOL, and 0\.00\d+ SOL to hold/
    )
    expect([await chain.balanceOf(wallet.address), await chain.balanceOf(to)]).toEqual([0n, 5_000_000n])
    expect(await lamports(wallet.address)).toBe(0)
    expect(await lamports(to)).toBeGreaterThan(990_000_000)
    expect(await bursar('--wallet', 'old', 'reconcile')).toMatchObject({
      code: 0,
      out: expect.stringContaining('They agree.')
    })
    // Of what a person did themselves, nobody is warned.
    const { out } = await bursar('history', '--json')
    expect(JSON.parse(out)).toMatchObject({ kind: 'debit', amount: '5', symbol: 'USDC', usd: '0' })
    expect((await bursar('history')).out).toMatch(/ 5 USDC +Solana +settled +moved by wallet sweep /)
    const shown = await bursar('show', JSON.parse(out).id)
    expect(shown.out).not.toMatch(/key may be known|Next/)
    expect((await bursar('wallet', 'sweep', 'old', '--to', to, '--yes')).out).toBe(
      'There is no USDC to move on Solana.\n'
    )
  })

  test('P58: without SOL says how much is missing, and another wallet can pay the fees', async ({
    stack
  }) => {
    const { chain, wallet, to } = await stage(stack)
    const poor = Keypair.generate()
    await chain.mint(poor.publicKey.toBase58(), 2_000_000n)
    const { bursar } = await withWallets(
      { poor: JSON.stringify([...poor.secretKey]), rich: wallet.privateKey },
      { env: { BURSAR_RPC_SOLANA: chain.rpcUrl } }
    )
    const failed = await bursar('wallet', 'sweep', 'poor', '--to', to, '--yes')
    expect(failed).toMatchObject({
      code: 1,
      out: expect.stringMatching(
        /2 USDC on Solana did not move: \w+ has 0 SOL, and up to 0\.00\d+ SOL is needed/
      )
    })
    const swept = await bursar('wallet', 'sweep', 'poor', '--to', to, '--gas-from', 'rich', '--yes', '--json')
    expect(JSON.parse(swept.out).moves).toMatchObject([{ status: 'moved', feePayer: wallet.address }])
    expect(await chain.balanceOf(to)).toBe(2_000_000n)
    expect((await bursar('--wallet', 'poor', 'reconcile')).code).toBe(0)
  })

  test('leaves no SOL behind where another wallet pays for the tokens: the network keeps no account for so little', async ({
    stack
  }) => {
    const { chain, wallet, to, lamports } = await stage(stack)
    const old = Keypair.generate()
    const address = old.publicKey.toBase58()
    await chain.mint(address, 2_000_000n)
    await chain.fundSol(address)
    const { bursar } = await withWallets(
      { old: JSON.stringify([...old.secretKey]), helper: wallet.privateKey },
      { env: { BURSAR_RPC_SOLANA: chain.rpcUrl } }
    )
    const options = ['--to', to, '--native', '--gas-from', 'helper', '--yes', '--json']
    const swept = await bursar('wallet', 'sweep', 'old', ...options)
    expect(JSON.parse(swept.out).moves, swept.err).toMatchObject([
      { symbol: 'USDC', status: 'moved', feePayer: wallet.address },
      { symbol: 'SOL', status: 'moved', feePayer: address }
    ])
    expect(await lamports(address)).toBe(0)
  })

  test('refuses addresses that no wallet has', async ({ stack }) => {
    const { bursar, chain, wallet } = await stage(stack)
    const { value: accounts } = await new Connection(chain.rpcUrl, 'confirmed').getTokenAccountsByOwner(
      new PublicKey(wallet.address),
      { mint: new PublicKey(chain.usdc) }
    )
    const account = accounts[0]?.pubkey.toBase58() ?? expect.unreachable()
    const wrong: [to: string, why: string][] = [
      [wallet.address, 'the address of the wallet itself'],
      [wallet.address.slice(0, 30), 'it is not base58 of 32 bytes'],
      [account, 'no key belongs to it'],
      [chain.usdc, 'the mint of USDC'],
      ['11111111111111111111111111111111', 'the zero address'],
      ['TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA', 'it is a program']
    ]
    for (const [to, why] of wrong)
      expect(await bursar('wallet', 'sweep', 'old', '--to', to, '--yes'), to).toMatchObject({
        code: 2,
        out: '',
        err: expect.stringContaining(why)
      })
    expect(await chain.balanceOf(wallet.address)).toBe(5_000_000n)
  })

  test('a line that is cut when it was sent leaves it unknown, and the next run moves nothing twice', async ({
    stack
  }) => {
    const rpcUrl = (stack.solana ?? expect.unreachable()).rpcUrl
    const line = await startCutLine(rpcUrl, 'sendTransaction', 'after it reached the node')
    const { bursar, chain, to, home, passphraseFile } = await stage(stack, line)
    const lost = await bursar('wallet', 'sweep', 'old', '--to', to, '--yes')
    expect(lost.code).toBe(5)
    const [, name] = /5 USDC on Solana may have moved, or may still: (\w{64,88})\n/.exec(lost.out) ?? []
    const env = { BURSAR_HOME: home, BURSAR_RPC_SOLANA: rpcUrl, BURSAR_PASSPHRASE_FILE: passphraseFile }
    const { bursar: next } = await withWallets({}, { env })
    expect(await next('wallet', 'sweep', 'old', '--to', to, '--yes')).toMatchObject({
      code: 0,
      out: `Moved 5 USDC on Solana: ${name}\n`
    })
    expect(await chain.balanceOf(to)).toBe(5_000_000n)
  })
})

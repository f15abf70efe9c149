import { getAssociatedTokenAddressSync, getMint, unpackAccount } from '@solana/spl-token'
import { Connection, Keypair, PublicKey } from '@solana/web3.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type SolanaChain, startSolana } from '../solana.js'

const newOwner = (): string => Keypair.generate().publicKey.toBase58()

it('P74: with litesvm, a blockhash expires when the chain travels', async () => {
  await using chain = await startSolana({ engine: 'litesvm' })
  const connection = new Connection(chain.rpcUrl, 'confirmed')
  const { blockhash, lastValidBlockHeight } = await connection.getLatestBlockhash()
  await chain.increaseTime(30)
  expect((await connection.isBlockhashValid(blockhash)).value).toBe(true)
  await chain.increaseTime(60)
  expect((await connection.isBlockhashValid(blockhash)).value).toBe(false)
  expect(await connection.getBlockHeight()).toBeGreaterThan(lastValidBlockHeight)
  expect(await connection.getBlockTime(lastValidBlockHeight)).toBeNull()
})

describe.each(['surfpool', 'litesvm'] as const)('startSolana on %s', (engine) => {
  let chain: SolanaChain
  let connection: Connection

  beforeAll(async () => {
    chain = await startSolana({ slotTimeMs: 50, engine })
    connection = new Connection(chain.rpcUrl, 'confirmed')
  })
  afterAll(() => chain.stop())

  it('has a mint of six decimals at the address of USDC on mainnet', async () => {
    expect(chain.usdc).toBe('EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v')
    const mint = await getMint(connection, new PublicKey(chain.usdc))
    expect(mint).toMatchObject({ decimals: 6, isInitialized: true, freezeAuthority: null })
  })

  it('mints into the associated token account, and reads what spl-token reads there', async () => {
    const owner = newOwner()
    expect(await chain.balanceOf(owner)).toBe(0n)
    await chain.mint(owner, 1_250_000n)
    const address = getAssociatedTokenAddressSync(new PublicKey(chain.usdc), new PublicKey(owner))
    const account = unpackAccount(address, await connection.getAccountInfo(address))
    expect(account.amount).toBe(1_250_000n)
    expect(account.owner.toBase58()).toBe(owner)
    expect(await chain.balanceOf(owner)).toBe(1_250_000n)
  })

  it('sets a balance at once, as spl-token reads it, from which a mint goes on', async () => {
    const owner = newOwner()
    await chain.setBalance(owner, 7n)
    const address = getAssociatedTokenAddressSync(new PublicKey(chain.usdc), new PublicKey(owner))
    const account = unpackAccount(address, await connection.getAccountInfo(address))
    expect([account.amount, account.owner.toBase58(), account.isInitialized]).toEqual([7n, owner, true])
    expect([account.delegate, account.isFrozen, account.closeAuthority]).toEqual([null, false, null])
    await chain.mint(owner, 5n)
    expect(await chain.balanceOf(owner)).toBe(12n)
    await chain.setBalance(owner, 0n)
    expect(await chain.balanceOf(owner)).toBe(0n)
  })

  it('mints equal amounts at once, each of them', async () => {
    const owner = newOwner()
    await Promise.all(Array.from({ length: 20 }, () => chain.mint(owner, 5n)))
    expect(await chain.balanceOf(owner)).toBe(100n)
  })

  it('lists what moved an owner’s USDC', async () => {
    const owner = newOwner()
    await chain.mint(owner, 5n)
    await chain.mint(owner, 7n)
    const transfers = await chain.settledTransfers(owner)
    expect(transfers.map(({ balances }) => balances)).toEqual([
      [5n, 12n],
      [0n, 5n]
    ])
    expect(new Set(transfers.map(({ messageHash }) => messageHash)).size).toBe(2)
    const agoSeconds = transfers.map(({ settledAtSeconds = 0 }) => Date.now() / 1000 - settledAtSeconds)
    expect(agoSeconds.map((seconds) => Math.abs(seconds) < 3_600)).toEqual([true, true])
    expect(await chain.settledTransfers(newOwner())).toEqual([])
  })

  it('gives SOL', async () => {
    const owner = newOwner()
    await chain.fundSol(owner)
    expect(await connection.getBalance(new PublicKey(owner))).toBe(1_000_000_000)
  })

  it('P73: restores a snapshot, as often as it is asked to', async () => {
    const [before, after] = [newOwner(), newOwner()]
    await chain.fundSol(before)
    await chain.mint(before, 5n)
    const restore = await chain.snapshot()
    for (let round = 0; round < 2; round++) {
      await chain.mint(before, 7n)
      await chain.mint(after, 3n)
      await restore()
      expect([await chain.balanceOf(before), await chain.balanceOf(after)]).toEqual([5n, 0n])
      expect(await connection.getBalance(new PublicKey(before))).toBe(1_000_000_000)
    }
    expect(await chain.settledTransfers(after)).toEqual([])
    await chain.mint(after, 4n)
    expect(await chain.balanceOf(after)).toBe(4n)
  })

  it('P74: moves its clock forward, goes on, and is back at the machine’s time when a snapshot is restored', async () => {
    const owner = newOwner()
    const restore = await chain.snapshot()
    const aheadSeconds = async (): Promise<number> => {
      const slot = await connection.getSlot('confirmed')
      return ((await connection.getBlockTime(slot)) ?? 0) - Date.now() / 1000
    }
    for (const expected of [4_000, 8_000]) {
      await chain.increaseTime(4_000)
      await expect.poll(aheadSeconds).toBeGreaterThan(expected - 60)
      await chain.mint(owner, 5n)
    }
    expect(await chain.balanceOf(owner)).toBe(10n)
    await restore()
    await expect.poll(async () => Math.abs(await aheadSeconds())).toBeLessThan(60)
  })

  it('answers after hundreds of changes', async () => {
    for (let count = 0; count < 1_000; count++) await chain.fundSol(newOwner(), 1n)
    expect(await connection.getSlot()).toBeGreaterThan(0)
  })

  it('lets a blockhash expire after 150 blocks', async () => {
    const { blockhash, lastValidBlockHeight } = await connection.getLatestBlockhash('finalized')
    expect((await connection.isBlockhashValid(blockhash)).value).toBe(true)
    while ((await connection.getBlockHeight('confirmed')) <= lastValidBlockHeight)
      await new Promise((resolve) => setTimeout(resolve, 100))
    await expect.poll(async () => (await connection.isBlockhashValid(blockhash)).value).toBe(false)
  })

  it('stops answering once it is stopped, and can be stopped again', async () => {
    const other = await startSolana({ engine })
    await other.stop()
    await other.stop()
    await expect(fetch(other.rpcUrl)).rejects.toThrow()
  })
})

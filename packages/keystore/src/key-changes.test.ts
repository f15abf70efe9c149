import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createChainKey } from './chain-key.js'
import { KeyStore } from './key-store.js'

const PASSPHRASE = 'correct horse'
/** Cheap to guess, and quick to test. */
const COST = 2 ** 10
const seed = Uint8Array.from({ length: 32 }, (_, index) => index + 1)

async function newWallet(name = 'main') {
  const folder = join(mkdtempSync(join(tmpdir(), 'bursar-keys-')), 'keys')
  onTestFinished(() => rmSync(join(folder, '..'), { recursive: true }))
  const store = new KeyStore(folder, COST)
  for (const chain of ['evm', 'solana'] as const)
    await store.add(name, await createChainKey(chain, seed), PASSPHRASE)
  return { folder, store }
}

describe('renaming a wallet', () => {
  it('P43: keeps its keys, its mode and that it is the default, and takes no name that is in use', async () => {
    const { store, folder } = await newWallet()
    await store.add('second', await createChainKey('evm', seed.toReversed()), PASSPHRASE)
    await expect(store.rename('main', 'second')).rejects.toMatchObject({ code: 'key/exists' })
    await expect(store.rename('main', '../x')).rejects.toThrow(TypeError)
    await expect(store.rename('nobody', 'x')).rejects.toMatchObject({ code: 'key/not-found' })
    await store.rename('main', 'hot')
    expect(readdirSync(folder).sort()).toEqual([
      'default',
      'hot.evm.json',
      'hot.solana.json',
      'second.evm.json'
    ])
    expect(statSync(join(folder, 'hot.evm.json')).mode & 0o777).toBe(0o600)
    expect(await store.defaultWallet()).toBe('hot')
    expect((await store.open('hot', PASSPHRASE)).map(({ bytes }) => bytes)).toEqual([seed, seed])
  })

  it('loses no key when a file of the new name appears in between', async () => {
    const { store, folder } = await newWallet()
    const rename = store.rename('main', 'hot')
    writeFileSync(join(folder, 'hot.solana.json'), 'not ours')
    await rename.catch(() => {})
    const names = readdirSync(folder)
    const whole = names.includes('main.evm.json') ? 'main' : 'hot'
    expect(names).toContain(`${whole}.evm.json`)
    expect((await store.open(whole, PASSPHRASE, 'evm'))[0]?.bytes).toEqual(seed)
  })
})

describe('removing a wallet', () => {
  it('P42: leaves the others, chooses none in its place where several are left, and the only one where not', async () => {
    const { store, folder } = await newWallet()
    for (const name of ['second', 'third'])
      await store.add(name, await createChainKey('evm', seed.toReversed()), PASSPHRASE)
    await store.remove('main')
    expect(readdirSync(folder).sort()).toEqual(['second.evm.json', 'third.evm.json'])
    expect(await store.defaultWallet()).toBeUndefined()
    await store.remove('third')
    expect(await store.defaultWallet()).toBe('second')
    await expect(store.remove('third')).rejects.toMatchObject({ code: 'key/not-found' })
  })

  it('M50: removes a damaged wallet, and no other', async () => {
    const { store, folder } = await newWallet()
    writeFileSync(join(folder, 'broken.evm.json'), '{')
    await store.remove('broken')
    expect(await store.list()).toMatchObject({ keys: { length: 2 }, damaged: [] })
  })
})

describe('changing a passphrase', () => {
  it('P43: opens with the new one alone, and writes nothing where the old one is wrong', async () => {
    const { store, folder } = await newWallet()
    const before = readFileSync(join(folder, 'main.evm.json'), 'utf8')
    const wrong = store.changePassphrase('main', { before: 'wrong', after: 'a new one' })
    await expect(wrong).rejects.toMatchObject({ code: 'key/passphrase-wrong' })
    expect(readFileSync(join(folder, 'main.evm.json'), 'utf8')).toBe(before)
    await store.changePassphrase('main', { before: PASSPHRASE, after: 'a new one' })
    await expect(store.open('main', PASSPHRASE)).rejects.toMatchObject({ code: 'key/passphrase-wrong' })
    expect((await store.open('main', 'a new one')).map(({ bytes }) => bytes)).toEqual([seed, seed])
    expect(statSync(join(folder, 'main.evm.json')).mode & 0o777).toBe(0o600)
  })

  it('is carried on where it was cut short between two files', async () => {
    const { store, folder } = await newWallet()
    const old = readFileSync(join(folder, 'main.solana.json'), 'utf8')
    await store.changePassphrase('main', { before: PASSPHRASE, after: 'a new one' })
    writeFileSync(join(folder, 'main.solana.json'), old)
    await store.changePassphrase('main', { before: PASSPHRASE, after: 'a new one' })
    expect(await store.open('main', 'a new one')).toHaveLength(2)
  })
})

describe('what was derived from a passphrase', () => {
  it('opens its files without the passphrase, and none whose passphrase was changed since', async () => {
    const { store } = await newWallet()
    const derived = await store.derive('main', PASSPHRASE)
    expect([...derived.entries()].map(([id]) => id)).toEqual(await store.encryptionIds('main'))
    expect(JSON.stringify([...derived.entries()])).not.toContain(PASSPHRASE)
    expect(await store.openDerived('main', derived)).toHaveLength(2)
    await store.changePassphrase('main', { before: PASSPHRASE, after: PASSPHRASE })
    expect(await store.openDerived('main', derived)).toBeUndefined()
  })
})

describe('a wallet that is watched', () => {
  it('is listed with its address, and signs nothing', async () => {
    const { store, folder } = await newWallet()
    const kept = await store.watch('treasury', 'evm', '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266')
    expect(await store.addresses('treasury')).toEqual([kept])
    expect(kept).toMatchObject({ watchOnly: true, chain: 'evm' })
    expect(statSync(join(folder, 'treasury.evm.json')).mode & 0o777).toBe(0o600)
    const key = await createChainKey('evm', seed)
    for (const act of [
      () => store.open('treasury', PASSPHRASE),
      () => store.derive('treasury', PASSPHRASE),
      () => store.add('treasury', key, PASSPHRASE),
      () => store.changePassphrase('treasury', { before: PASSPHRASE, after: 'another' })
    ])
      await expect(act()).rejects.toMatchObject({ code: 'key/watch-only', moneyState: 'none' })
    expect(await store.defaultWallet()).toBe('main')
  })
})

import { randomBytes } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createChainKey } from './chain-key.js'
import { KeyStore } from './key-store.js'

const PASSPHRASE = 'correct horse'
/** Cheap to guess, and quick to test. */
const COST = 2 ** 10

const seed = Uint8Array.from({ length: 32 }, (_, index) => index + 1)

function newStore() {
  const folder = join(mkdtempSync(join(tmpdir(), 'bursar-keys-')), 'keys')
  onTestFinished(() => rmSync(join(folder, '..'), { recursive: true }))
  return { folder, store: new KeyStore(folder, COST) }
}

const newKey = () => createChainKey('evm', new Uint8Array(randomBytes(32)))

describe('the key store', () => {
  it('keeps keys for their owner alone, whole or not at all, and never overwrites one', async () => {
    const { store, folder } = newStore()
    const key = await createChainKey('evm', seed)
    const kept = await store.add('main', key, PASSPHRASE)
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    expect(statSync(kept.path).mode & 0o777).toBe(0o600)
    const before = readFileSync(kept.path, 'utf8')
    const other = await createChainKey(
      'evm',
      seed.map((byte) => byte + 1)
    )
    const both = await Promise.allSettled([
      store.add('main', other, PASSPHRASE),
      store.add('second', other, PASSPHRASE),
      store.add('second', key, PASSPHRASE)
    ])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected'])
    expect(readFileSync(kept.path, 'utf8')).toBe(before)
    expect(readdirSync(folder).sort()).toEqual(['default', 'main.evm.json', 'second.evm.json'])
    await expect(store.add('../main', key, PASSPHRASE)).rejects.toThrow(TypeError)
  })

  it('opens all keys of a wallet by one passphrase', async () => {
    const { store } = newStore()
    for (const chain of ['evm', 'solana'] as const)
      await store.add('main', await createChainKey(chain, seed), PASSPHRASE)
    expect((await store.open('main', PASSPHRASE)).map(({ bytes }) => bytes)).toEqual([seed, seed])
    const paths = (await store.addresses('main')).map(({ path }) => path)
    await expect(store.open('main', 'another')).rejects.toMatchObject({
      code: 'key/passphrase-wrong',
      context: { path: expect.toBeOneOf(paths) }
    })
    await expect(store.open('third', PASSPHRASE)).rejects.toMatchObject({
      code: 'key/not-found',
      context: { wallet: 'third' }
    })
  })

  it('P42: keeps the first wallet as the default when a second one is added', async () => {
    const { store } = newStore()
    expect([await store.list(), await store.defaultWallet()]).toEqual([{ keys: [], damaged: [] }, undefined])
    await store.add('main', await createChainKey('evm', seed), PASSPHRASE)
    expect(await store.defaultWallet()).toBe('main')
    await store.add('other', await createChainKey('evm', seed), PASSPHRASE)
    expect(await store.defaultWallet()).toBe('main')
    await store.setDefault('other')
    await store.add('third', await createChainKey('evm', seed), PASSPHRASE)
    expect(await store.defaultWallet()).toBe('other')
    await expect(store.setDefault('fourth')).rejects.toMatchObject({ code: 'key/not-found' })
  })

  it('takes no second key under another passphrase, which would lock both', async () => {
    const { store } = newStore()
    await store.add('main', await createChainKey('evm', seed), PASSPHRASE)
    const solana = await createChainKey('solana', seed)
    await expect(store.add('main', solana, 'another one')).rejects.toMatchObject({
      code: 'key/passphrase-wrong'
    })
    expect((await store.list()).keys).toHaveLength(1)
    await store.add('main', solana, PASSPHRASE)
    expect((await store.open('main', PASSPHRASE, 'solana')).map(({ chain }) => chain)).toEqual(['solana'])
  })

  it('does not use a file that says another address than its key has', async () => {
    const { store } = newStore()
    const { path } = await store.add('main', await createChainKey('evm', seed), PASSPHRASE)
    const file = JSON.parse(readFileSync(path, 'utf8'))
    writeFileSync(path, JSON.stringify({ ...file, address: '0x0000000000000000000000000000000000000001' }))
    await expect(store.open('main', PASSPHRASE)).rejects.toMatchObject({
      code: 'key/damaged',
      context: { path }
    })
  })

  it('M50: a damaged file is listed, and keeps nobody from the other wallets', async () => {
    const { store, folder } = newStore()
    await store.add('main', await createChainKey('evm', seed), PASSPHRASE)
    for (const [name, text] of Object.entries({ empty: '', list: '[]', other: '{"address":7}' }))
      writeFileSync(join(folder, `${name}.evm.json`), text)
    mkdirSync(join(folder, 'folder.evm.json'))
    const { keys, damaged } = await store.list()
    expect(keys.map(({ wallet }) => wallet)).toEqual(['main'])
    expect(damaged.map(({ wallet, reason }) => [wallet, reason])).toEqual([
      ['empty', 'it is not JSON'],
      ['folder', 'EISDIR'],
      ['list', 'it is not a JSON object'],
      ['other', 'address is not a text']
    ])
    expect(await store.has('main')).toBe(true)
    expect(await store.open('main', PASSPHRASE)).toHaveLength(1)
    expect(await store.read('main', 'evm')).toContain('"version":3')
    await store.setDefault('main')
    expect(await store.defaultWallet()).toBe('main')
    await expect(store.open('empty', PASSPHRASE)).rejects.toMatchObject({ code: 'key/damaged' })
  })

  it('P45: says where a wallet is paid without its passphrase', async () => {
    const { store } = newStore()
    const kept = await store.add('main', await createChainKey('evm', seed), PASSPHRASE)
    expect(await store.addresses('main')).toEqual([kept])
    await expect(store.addresses('other')).rejects.toMatchObject({ code: 'key/not-found' })
    await expect(store.read('main', 'solana')).rejects.toMatchObject({
      code: 'key/not-found',
      context: { wallet: 'main', chain: 'solana' }
    })
  })

  it.each<[unknown, unknown, string]>([
    ['', undefined, 'folder must be text that is not empty'],
    [undefined, undefined, 'folder must be text that is not empty'],
    ['keys', 0, 'cost must be a power of two up to 2^20, not 0'],
    ['keys', 1000, 'cost must be a power of two up to 2^20, not 1000'],
    ['keys', 2 ** 21, 'cost must be a power of two up to 2^20'],
    ['keys', Number.NaN, 'cost must be a power of two up to 2^20, not NaN']
  ])(
    '%# of the folder %o and the cost %o is a TypeError: nobody could open its files',
    (folder, cost, message) => {
      expect(() => Reflect.construct(KeyStore, [folder, cost])).toThrow(message)
      expect(() => Reflect.construct(KeyStore, [folder, cost])).toThrow(TypeError)
    }
  )

  it('takes one of two keys that are added at once to one place', async () => {
    const { store } = newStore()
    const keys = await Promise.all([newKey(), newKey()])
    const added = await Promise.allSettled(keys.map((key) => store.add('main', key, PASSPHRASE)))
    expect(added.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(added.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: expect.stringMatching(/^key\/(?:exists|passphrase-wrong)$/), moneyState: 'none' }
    })
    const [opened, ...others] = await store.open('main', PASSPHRASE)
    expect(others).toEqual([])
    expect(keys.map(({ address }) => address)).toContain(opened?.address)
  })

  it('rejects names that lead out of its folder, before anything is read or written', async () => {
    const { store, folder } = newStore()
    for (const name of ['', '..', '../x', 'a/b', 'a.b', 'x'.repeat(65), 'a\0b']) {
      await expect(store.add(name, await newKey(), PASSPHRASE)).rejects.toThrow(TypeError)
      await expect(store.has(name)).rejects.toThrow('must be 1 to 64 letters')
    }
    expect(existsSync(folder)).toBe(false)
  })

  it('says by its code what is missing: the wallet, or its key for a chain', async () => {
    const { store } = newStore()
    await store.add('main', await newKey(), PASSPHRASE)
    for (const ask of [
      () => store.open('other', PASSPHRASE),
      () => store.addresses('other'),
      () => store.setDefault('other')
    ])
      await expect(ask()).rejects.toMatchObject({ code: 'key/not-found', context: { wallet: 'other' } })
    await expect(store.read('main', 'solana')).rejects.toMatchObject({
      code: 'key/not-found',
      context: { wallet: 'main', chain: 'solana' }
    })
    await expect(store.open('main', 'another passphrase')).rejects.toMatchObject({
      code: 'key/passphrase-wrong'
    })
  })
})

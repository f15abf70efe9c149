import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { chainKey, formatKey, parseKey } from './chain-key.js'
import { KeyStore } from './key-store.js'
import { decryptKey, encryptKey } from './secret-storage.js'

const PASSPHRASE = 'correct horse'
/** Cheap to guess, and quick to test. */
const COST = 2 ** 10

const seed = Uint8Array.from({ length: 32 }, (_, index) => index + 1)

function newStore() {
  const folder = join(mkdtempSync(join(tmpdir(), 'bursar-keys-')), 'keys')
  onTestFinished(() => rmSync(join(folder, '..'), { recursive: true }))
  return { folder, store: new KeyStore(folder, COST) }
}

describe('a key file', () => {
  // The two of the definition of Web3 Secret Storage.
  const params = { dklen: 32, salt: 'ae3cd4e7013836a3df6bd7241b12db061dbe2c6785853cce422d148a624ce0bd' }
  const byPbkdf2 = {
    crypto: {
      cipher: 'aes-128-ctr',
      cipherparams: { iv: '6087dab2f9fdbbfaddc31a909735c1e6' },
      ciphertext: '5318b4d5bcd28de64ee5559e671353e16f075ecae9f99c7a79a38af5f869aa46',
      kdf: 'pbkdf2',
      kdfparams: { ...params, c: 262_144, prf: 'hmac-sha256' },
      mac: '517ead924a9d0dc3124507e3393d175ce3ff7c1e96529c6c555ce9e51205e9b2'
    },
    id: '3198bc9c-6672-5ab3-d995-4942343ae5b6',
    version: 3
  }
  const byScrypt = {
    ...byPbkdf2,
    crypto: {
      cipher: 'aes-128-ctr',
      cipherparams: { iv: '83dbcc02d8ccb40e466191a123791e0e' },
      ciphertext: 'd172bf743a674da9cdad04534d56926ef8358534d458fffccd4e6ad2fbde479c',
      kdf: 'scrypt',
      kdfparams: {
        dklen: 32,
        n: 262_144,
        p: 8,
        r: 1,
        salt: 'ab0c7876052600dd703518d6fc3fe8984592145b591fc8fb5c6d43190334ba19'
      },
      mac: '2103ac29920d71da29f15d75b4a16dbe95cfd7ff8faea1056c33131d846e3097'
    }
  }

  it('is that of Web3 Secret Storage, by its own test vectors', async () => {
    for (const file of [byPbkdf2, byScrypt])
      expect(Buffer.from(await decryptKey(file, 'testpassword')).toString('hex')).toBe(
        '7a28b5ba57c53603b0b07b56bba752f7784bf506fa95edc395f5cf6c7514fe9d'
      )
  })

  it('gives its key to its passphrase alone, and never the same file twice', async () => {
    const [one, two] = [await encryptKey(seed, PASSPHRASE, COST), await encryptKey(seed, PASSPHRASE, COST)]
    expect(await decryptKey(one, PASSPHRASE)).toEqual(seed)
    expect(one.crypto.ciphertext).not.toBe(two.crypto.ciphertext)
    expect(JSON.stringify(one)).not.toContain(Buffer.from(seed).toString('hex'))
    for (const wrong of ['', 'correct', `${PASSPHRASE} `])
      await expect(decryptKey(one, wrong)).rejects.toThrow('The passphrase is another')
  })

  it('is refused when it is damaged, or asks for more than a machine should give', async () => {
    const file = await encryptKey(seed, PASSPHRASE, COST)
    const { crypto } = file
    const kdf = (more: object) => ({
      ...file,
      crypto: { ...crypto, kdfparams: { ...crypto.kdfparams, ...more } }
    })
    for (const wrong of [
      null,
      [],
      {},
      { ...file, version: 1 },
      { ...file, crypto: { ...crypto, cipher: 'aes-128-cbc' } },
      { ...file, crypto: { ...crypto, kdf: 'none' } },
      { ...file, crypto: { ...crypto, mac: 'zz' } },
      { ...file, crypto: { ...crypto, mac: 'ab' } },
      { ...file, crypto: { ...crypto, ciphertext: `00${crypto.ciphertext.slice(2)}` } },
      { ...file, crypto: { ...crypto, cipherparams: { iv: 'ab' } } },
      kdf({ n: 2 ** 30 }),
      kdf({ n: 1000 }),
      kdf({ n: -1 }),
      kdf({ dklen: 16 }),
      kdf({ salt: 7 })
    ])
      await expect(decryptKey(wrong, PASSPHRASE)).rejects.toThrow(TypeError)
  })
})

describe('a private key', () => {
  it('is read as wallets write it, and written so that it is read again', async () => {
    const evm = await chainKey('evm', seed)
    const solana = await chainKey('solana', seed)
    const hex = Buffer.from(seed).toString('hex')
    for (const text of [`0x${hex}`, hex, ` 0x${hex.toUpperCase()}\n`])
      expect(await parseKey(text)).toMatchObject({ address: evm.address })
    const whole = formatKey(solana)
    for (const text of [whole, JSON.stringify([...seed])])
      expect(await parseKey(text)).toMatchObject({ chain: 'solana', address: solana.address })
    expect(formatKey(await parseKey(formatKey(evm)))).toBe(formatKey(evm))
    expect(formatKey(await parseKey(whole))).toBe(whole)
  })

  it('that is none is refused and never shown', async () => {
    for (const text of ['', '0xdeadbeef', 'deadbeef'.repeat(9), '[1,2,3]', '[300]', 'not a key', '{}']) {
      const refused = await parseKey(text).catch(String)
      expect(refused).toContain('TypeError')
      if (text.length > 3) expect(refused).not.toContain(text)
    }
  })
})

describe('the key store', () => {
  it('keeps keys for their owner alone, whole or not at all, and never overwrites one', async () => {
    const { store, folder } = newStore()
    const key = await chainKey('evm', seed)
    const kept = await store.add('main', key, PASSPHRASE)
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    expect(statSync(kept.path).mode & 0o777).toBe(0o600)
    const before = readFileSync(kept.path, 'utf8')
    const other = await chainKey(
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
    expect(readdirSync(folder).sort()).toEqual(['main.evm.json', 'second.evm.json'])
    await expect(store.add('../main', key, PASSPHRASE)).rejects.toThrow('letters, digits')
  })

  it('opens all keys of a wallet by one passphrase, and says which wallet pays', async () => {
    const { store } = newStore()
    expect([await store.list(), await store.defaultWallet()]).toEqual([[], undefined])
    for (const chain of ['evm', 'solana'] as const)
      await store.add('main', await chainKey(chain, seed), PASSPHRASE)
    expect(await store.defaultWallet()).toBe('main')
    expect((await store.open('main', PASSPHRASE)).map(({ bytes }) => bytes)).toEqual([seed, seed])
    await store.add('other', await chainKey('evm', seed), PASSPHRASE)
    expect(await store.defaultWallet()).toBe(undefined)
    await store.setDefault('other')
    expect(await store.defaultWallet()).toBe('other')
    await expect(store.setDefault('third')).rejects.toThrow('There is no wallet third')
    await expect(store.open('main', 'another')).rejects.toThrow('The passphrase is another')
    await expect(store.open('third', PASSPHRASE)).rejects.toThrow('There is no wallet third')
  })

  it('takes no second key under another passphrase, which would lock both', async () => {
    const { store } = newStore()
    await store.add('main', await chainKey('evm', seed), PASSPHRASE)
    const solana = await chainKey('solana', seed)
    await expect(store.add('main', solana, 'another one')).rejects.toThrow('The passphrase is another')
    expect(await store.list()).toHaveLength(1)
    await store.add('main', solana, PASSPHRASE)
    expect((await store.open('main', PASSPHRASE, 'solana')).map(({ chain }) => chain)).toEqual(['solana'])
  })

  it('does not use a file that says another address than its key has, nor one that is damaged', async () => {
    const { store } = newStore()
    const { path } = await store.add('main', await chainKey('evm', seed), PASSPHRASE)
    const file = JSON.parse(readFileSync(path, 'utf8'))
    writeFileSync(path, JSON.stringify({ ...file, address: '0x0000000000000000000000000000000000000001' }))
    await expect(store.open('main', PASSPHRASE)).rejects.toThrow('holds another key')
    writeFileSync(path, 'nonsense')
    await expect(store.list()).rejects.toThrow('is damaged')
  })
})

import { describe, expect, it } from 'vitest'
import { decryptKey, encryptKey } from './secret-storage.js'

const PASSPHRASE = 'correct horse'
/** Cheap to guess, and quick to test. */
const COST = 2 ** 10

const seed = Uint8Array.from({ length: 32 }, (_, index) => index + 1)

function open(stored: unknown, passphrase = PASSPHRASE): Promise<Uint8Array> {
  return decryptKey({ stored, path: 'a.json' }, passphrase)
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
      expect(
        Buffer.from(await decryptKey({ stored: file, path: 'a.json' }, 'testpassword')).toString('hex')
      ).toBe('7a28b5ba57c53603b0b07b56bba752f7784bf506fa95edc395f5cf6c7514fe9d')
  })

  it('gives its key to its passphrase alone, and never the same file twice', async () => {
    const [one, two] = [await encryptKey(seed, PASSPHRASE, COST), await encryptKey(seed, PASSPHRASE, COST)]
    expect(await open(one)).toEqual(seed)
    expect(one.crypto.ciphertext).not.toBe(two.crypto.ciphertext)
    expect(JSON.stringify(one)).not.toContain(Buffer.from(seed).toString('hex'))
    for (const wrong of ['', 'correct', `${PASSPHRASE} `])
      await expect(open(one, wrong)).rejects.toMatchObject({
        code: 'key/passphrase-wrong',
        moneyState: 'none'
      })
  })

  it('is rejected by its path when it is damaged, or asks for more than a machine should give', async () => {
    const file = await encryptKey(seed, PASSPHRASE, COST)
    const { crypto } = file
    const withCrypto = (more: object) => ({ ...file, crypto: { ...crypto, ...more } })
    const withParams = (more: object) => withCrypto({ kdfparams: { ...crypto.kdfparams, ...more } })
    const damaged: [stored: unknown, reason: RegExp][] = [
      [null, /not a JSON object/],
      [[], /not a JSON object/],
      [{}, /version/],
      [{ ...file, version: 1 }, /version 3/],
      [{ ...file, crypto: undefined }, /missing/],
      [withCrypto({ cipher: 'aes-128-cbc' }), /cipher/],
      [withCrypto({ kdf: 'none' }), /derive/],
      [withCrypto({ mac: 'zz' }), /mac is not hex/],
      [withCrypto({ cipherparams: { iv: 'ab' } }), /iv/],
      [withParams({ n: 2 ** 30 }), /memory/],
      [withParams({ n: 1000 }), /its n is not a power of two/],
      [withParams({ n: 1 }), /its n is not a power of two/],
      [withParams({ n: -1 }), /n is not a number/],
      [withParams({ dklen: 16 }), /key length/],
      [withParams({ salt: 7 }), /salt is not hex/],
      [withCrypto({ kdf: 'pbkdf2', kdfparams: { ...params, c: 1e9, prf: 'hmac-sha256' } }), /derive/],
      [withCrypto({ kdf: 'pbkdf2', kdfparams: { ...params, c: 1, prf: 'md5' } }), /derive/]
    ]
    for (const [stored, reason] of damaged)
      await expect(open(stored)).rejects.toMatchObject({
        code: 'key/damaged',
        context: { path: 'a.json', reason: expect.stringMatching(reason) }
      })
  })

  it('that was changed does not open', async () => {
    const file = await encryptKey(seed, PASSPHRASE, COST)
    const { crypto } = file
    for (const change of [{ mac: 'ab' }, { ciphertext: `00${crypto.ciphertext.slice(2)}` }])
      await expect(open({ ...file, crypto: { ...crypto, ...change } })).rejects.toMatchObject({
        code: 'key/passphrase-wrong'
      })
  })
})

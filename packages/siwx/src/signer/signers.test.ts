import { BASE, SOLANA_MAINNET } from '@bursar/core'
import { createKeyPairSignerFromBytes } from '@solana/kit'
import { Keypair } from '@solana/web3.js'
import bs58 from 'bs58'
import nacl from 'tweetnacl'
import {
  createWalletClient,
  type Hex,
  http,
  numberToHex,
  parseSignature,
  serializeCompactSignature,
  serializeSignature,
  signatureToCompactSignature,
  verifyMessage
} from 'viem'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { describe, expect, it } from 'vitest'
import { evmAccount, evmKey, keypair } from '../../test/wallets.js'
import {
  createEvmSigner,
  createSolanaSigner,
  type EvmProofAccount,
  type SolanaProofAccount
} from '../index.js'

const TEXT = 'imgnAI X-Sign-In-With-X\nline 2: é 💰'
const secp256k1Order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n
const other = privateKeyToAccount(generatePrivateKey())

describe('on EVM', () => {
  it.each<[string, EvmProofAccount]>([
    ['a private key', evmKey],
    ['a private key in capitals', `0x${evmKey.slice(2).toUpperCase()}`],
    ['a viem account', evmAccount],
    ['a wallet client', createWalletClient({ account: evmAccount, transport: http('http://127.0.0.1:1') })]
  ])('%s signs what viem verifies', async (_, account) => {
    const signer = createEvmSigner(account)
    const signature = (await signer.sign(TEXT, BASE)) as Hex
    expect([signer.family, await signer.address()]).toEqual(['eip155', evmAccount.address])
    expect(signature).toBe(await evmAccount.signMessage({ message: TEXT }))
    expect(await verifyMessage({ address: evmAccount.address, message: TEXT, signature })).toBe(true)
  })

  it.each(['of 64 bytes', 'of a high s'])(
    'X106: a key’s signature %s is brought into the normal form',
    async (form) => {
      const signature = await evmAccount.signMessage({ message: TEXT })
      const { r, s, yParity } = parseSignature(signature)
      const mirrored = numberToHex(secp256k1Order - BigInt(s), { size: 32 })
      const given =
        form === 'of 64 bytes'
          ? serializeCompactSignature(signatureToCompactSignature({ r, s, yParity }))
          : serializeSignature({ r, s: mirrored, yParity: 1 - yParity })
      const signer = createEvmSigner({ address: evmAccount.address, signMessage: async () => given })
      expect(await signer.sign(TEXT, BASE)).toBe(signature)
    }
  )

  it('X117: what a wallet says when it refuses stands in the reason', async () => {
    const signMessage = async (): Promise<Hex> => {
      throw new Error('The device is locked. token=abc')
    }
    const signing = createEvmSigner({ address: evmAccount.address, signMessage }).sign(TEXT, BASE)
    await expect(signing).rejects.toMatchObject({
      code: 'signer/failed',
      context: { reason: 'it refused to sign: The device is locked. token …' }
    })
  })

  it('a wallet whose user declines says so by a code, in one sentence', async () => {
    const signMessage = (): Promise<Hex> =>
      Promise.reject(Object.assign(new Error('User rejected the request.'), { code: 4001 }))
    const signing = createEvmSigner({ address: evmAccount.address, signMessage }).sign(TEXT, BASE)
    await expect(signing).rejects.toMatchObject({
      message:
        'The wallet did not sign the proof: it refused to sign: User rejected the request. Nothing was sent.',
      context: { problem: 'declined' }
    })
  })

  it('a wallet that says v as 0 or 1 is corrected', async () => {
    const signature = await evmAccount.signMessage({ message: TEXT })
    const v = Number.parseInt(signature.slice(-2), 16) - 27
    const signMessage = async (): Promise<Hex> => `${signature.slice(0, -2)}0${v}` as Hex
    expect(await createEvmSigner({ address: evmAccount.address, signMessage }).sign(TEXT, BASE)).toBe(
      signature
    )
  })

  it.each<[string, () => Promise<unknown>, string]>([
    [
      'refuses',
      () => Promise.reject(new TypeError(`no: secret=hunter2 ${evmKey}`)),
      'it refused to sign: no'
    ],
    ['signs with another key', () => other.signMessage({ message: TEXT }), 'not by its address'],
    ['signs something else', () => evmAccount.signMessage({ message: 'x' }), 'not by its address'],
    ['returns no signature', async () => '0x', 'no signature'],
    ['returns nothing', async () => undefined, 'no signature'],
    ['returns a signature that is none', async () => `0x${'00'.repeat(64)}ff`, 'not by its address']
  ])('a wallet that %s fails', async (_, answer, reason) => {
    const signMessage = answer as () => Promise<Hex>
    const error = await createEvmSigner({ address: evmAccount.address, signMessage })
      .sign(TEXT, BASE)
      .catch((cause: unknown) => cause)
    expect(error).toMatchObject({ code: 'signer/failed', moneyState: 'none', context: { network: BASE } })
    expect(String(error)).toContain(reason)
    expect(String(error)).not.toMatch(new RegExp(`hunter2|${evmKey.slice(2)}`))
  })

  it('a contract wallet is left to its contract, when it is said to be one', async () => {
    const signature = await other.signMessage({ message: TEXT })
    const wallet = { address: evmAccount.address, signMessage: async () => signature }
    expect(await createEvmSigner(wallet, { smartWallet: true }).sign(TEXT, BASE)).toBe(signature)
    expect(await createEvmSigner({ ...wallet, type: 'smart' }).sign(TEXT, BASE)).toBe(signature)
    await expect(createEvmSigner(wallet).sign(TEXT, BASE)).rejects.toMatchObject({ code: 'signer/failed' })
    const long = `${signature}${'00'.repeat(40)}` as Hex
    expect(await createEvmSigner({ ...wallet, signMessage: async () => long }).sign(TEXT, BASE)).toBe(long)
  })

  it('what is no account is a TypeError', () => {
    const unconnected = createWalletClient({ transport: http('http://127.0.0.1:1') })
    for (const account of [unconnected, null, {}, 7, { address: '0x1', signMessage: async () => '0x' }]) {
      expect(() => createEvmSigner(account as never)).toThrow(TypeError)
    }
  })
})

describe('on Solana', async () => {
  const sign = (message: Uint8Array) => nacl.sign.detached(message, keypair.secretKey)
  const { publicKey } = keypair
  const stranger = Keypair.generate()

  it.each<[string, SolanaProofAccount]>([
    ['base58', bs58.encode(keypair.secretKey)],
    ['base58 of a seed', bs58.encode(keypair.secretKey.subarray(0, 32))],
    ['a JSON array', JSON.stringify([...keypair.secretKey])],
    ['numbers', [...keypair.secretKey]],
    ['bytes', keypair.secretKey],
    ['a seed', keypair.secretKey.slice(0, 32)],
    ['a Keypair', keypair],
    ['a wallet adapter', { publicKey, signMessage: async (message) => sign(message) }],
    [
      'an injected wallet',
      { publicKey, signMessage: async (message) => ({ signature: sign(message), publicKey }) }
    ],
    ['a kit signer', await createKeyPairSignerFromBytes(keypair.secretKey)]
  ])('%s signs what tweetnacl verifies', async (_, account) => {
    const signer = createSolanaSigner(account)
    expect([signer.family, await signer.address()]).toEqual(['solana', publicKey.toBase58()])
    const signature = bs58.decode(await signer.sign(TEXT, SOLANA_MAINNET))
    expect(Buffer.from(signature)).toEqual(Buffer.from(sign(Buffer.from(TEXT, 'utf8'))))
  })

  it.each<[string, (message: Uint8Array) => Promise<unknown>, string]>([
    [
      'refuses',
      () => Promise.reject(new TypeError(`no: secret=hunter2 ${evmKey}`)),
      'it refused to sign: no'
    ],
    [
      'signs with another key',
      async (message) => nacl.sign.detached(message, stranger.secretKey),
      'not by its address'
    ],
    ['signs something else', async () => sign(Buffer.from('x')), 'not by its address'],
    ['returns no signature', async () => new Uint8Array(0), 'no signature']
  ])('a wallet that %s fails', async (_, answer, reason) => {
    const signMessage = answer as (message: Uint8Array) => Promise<Uint8Array>
    const address = publicKey.toBase58()
    const kit = {
      address,
      signMessages: async ([message]: readonly { content: Uint8Array }[]) => [
        { [address]: await signMessage(message?.content ?? new Uint8Array()) }
      ]
    }
    for (const account of [{ publicKey, signMessage }, kit]) {
      const error = await createSolanaSigner(account)
        .sign(TEXT, SOLANA_MAINNET)
        .catch((cause: unknown) => cause)
      expect(error).toMatchObject({ code: 'signer/failed', context: { network: SOLANA_MAINNET } })
      expect(String(error)).toContain(reason)
      expect(String(error)).not.toMatch(new RegExp(`hunter2|${evmKey.slice(2)}`))
    }
  })

  it('a wallet that is not connected signs nothing, and says so', async () => {
    const signer = createSolanaSigner({ publicKey: null, signMessage: async () => new Uint8Array(64) })
    const failed = { code: 'signer/failed', moneyState: 'none', context: { reason: 'it is not connected' } }
    await expect(signer.address()).rejects.toMatchObject(failed)
    await expect(signer.sign(TEXT, SOLANA_MAINNET)).rejects.toMatchObject(failed)
  })

  it('a damaged key is a TypeError', async () => {
    const damaged = keypair.secretKey.slice()
    damaged[40] = (damaged[40] ?? 0) ^ 1
    await expect(createSolanaSigner(damaged).address()).rejects.toThrow(TypeError)
    await expect(createSolanaSigner(damaged).sign(TEXT, SOLANA_MAINNET)).rejects.toThrow(TypeError)
    for (const account of [null, {}, 7, { publicKey }, { address: 'x', signMessages: async () => [] }]) {
      expect(() => createSolanaSigner(account as never)).toThrow(TypeError)
    }
  })

  it('a key that is erased after it was given signs on', async () => {
    const secret = keypair.secretKey.slice()
    const signer = createSolanaSigner(secret)
    secret.fill(0)
    expect(await signer.address()).toBe(publicKey.toBase58())
  })
})

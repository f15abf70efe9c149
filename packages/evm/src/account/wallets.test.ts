import { inspect } from 'node:util'
import { BASE, type BursarError, bursarErrorOf, type Offer, x402V2 } from '@bursar/core'
import { createRegistry } from '@bursar/core/registry'
import { recoverTypedSignature, SignTypedDataVersion, signTypedData } from '@metamask/eth-sig-util'
import { NonceManager, verifyTypedData as verifyWithEthers, Wallet } from 'ethers'
import { createWalletClient, custom, type Hex, verifyTypedData } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { describe, expect, it } from 'vitest'
import { createEvmPayer, type EvmAccount, type WalletTypedData } from '../index.js'
import { type Authorization, typedDataOf } from '../payment/authorization.js'
import { toWalletTypedData } from './wallet-typed-data.js'

const KEY = `0x${'4c'.repeat(32)}` as const
const account = privateKeyToAccount(KEY)
const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n
/** Nobody answers there, so that a key's signature must be good by itself. */
const rpcUrls = { [BASE]: 'http://127.0.0.1:1' }

function offerOf(): Offer {
  const registry = createRegistry()
  const [network, asset] = [registry.network(BASE), registry.defaultAsset(BASE)]
  if (!network || !asset) throw new TypeError('Base is not known')
  const payTo = '0x1111111111111111111111111111111111111111'
  const common = { scheme: 'exact', network, asset, payTo, extra: {}, raw: {} } as const
  return { ...common, maxTimeoutSeconds: 60, amountAtomic: 10_000n, cost: 10_000n as Offer['cost'] }
}

/** Has an account sign a payment, and gives what would be sent. */
async function pay(
  wallet: EvmAccount
): Promise<{ readonly signature: Hex; readonly message: Authorization }> {
  const payer = createEvmPayer({ account: wallet, rpcUrls })
  const prepared = await payer.prepare(offerOf(), { dialect: x402V2, maxValiditySeconds: 300 })
  const { payload } = await prepared.sign()
  const { signature, authorization } = payload as { signature: Hex; authorization: Record<string, string> }
  const { from, to, value = '', validAfter = '', validBefore = '', nonce } = authorization
  const numbers = { value: BigInt(value), validAfter: BigInt(validAfter), validBefore: BigInt(validBefore) }
  return { signature, message: { from: from as Hex, to: to as Hex, nonce: nonce as Hex, ...numbers } }
}

const domain = {
  name: 'USD Coin',
  version: '2',
  chainId: 8453,
  verifyingContract: '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913'
} as const

/** A wallet that takes typed data as one object, and returns what becomes of the true signature. */
function objectWallet(change: (signature: Hex, data: WalletTypedData) => unknown): EvmAccount {
  return {
    address: account.address,
    signTypedData: async (data: WalletTypedData) => {
      const made = signTypedData({
        privateKey: Buffer.from(KEY.slice(2), 'hex'),
        data: JSON.parse(JSON.stringify(data)),
        version: SignTypedDataVersion.V4
      })
      return change(made as Hex, data) as Hex
    }
  }
}

/** The digits of one part of a signature of 65 bytes. */
const partsOf = (signature: Hex) => ({
  r: signature.slice(2, 66),
  s: signature.slice(66, 130),
  v: Number.parseInt(signature.slice(130), 16)
})
const bit = (text: string): bigint => BigInt(`0x${text}`)
const digits = (value: bigint): string => value.toString(16).padStart(64, '0')

async function expectGood({ signature, message }: Awaited<ReturnType<typeof pay>>): Promise<void> {
  const data = typedDataOf({ domain, authorization: message })
  expect(signature).toMatch(/^0x[0-9a-f]{128}(?:1b|1c)$/)
  expect(bit(partsOf(signature).s)).toBeLessThanOrEqual(ORDER / 2n)
  expect(await verifyTypedData({ ...data, address: account.address, signature })).toBe(true)
  const types = { TransferWithAuthorization: [...data.types.TransferWithAuthorization] }
  expect(verifyWithEthers(domain, types, message, signature)).toBe(account.address)
  const asJson = JSON.parse(JSON.stringify(toWalletTypedData(data)))
  const recovered = recoverTypedSignature({ data: asJson, signature, version: SignTypedDataVersion.V4 })
  expect(recovered).toBe(account.address.toLowerCase())
}

describe("X106, X116: a key's signature is sent in its normal form, as viem, ethers and MetaMask's library read it", () => {
  it.each<[string, (signature: Hex) => string]>([
    ['as it should be', (signature) => signature],
    ['in capital letters', (signature) => `0x${signature.slice(2).toUpperCase()}`],
    ['with v 0 or 1', (signature) => `${signature.slice(0, 130)}0${partsOf(signature).v - 27}`],
    [
      'of 64 bytes (EIP-2098)',
      (signature) => {
        const { r, s, v } = partsOf(signature)
        return `0x${r}${digits(bit(s) | (BigInt(v - 27) << 255n))}`
      }
    ],
    [
      'with a high s',
      (signature) => {
        const { r, s, v } = partsOf(signature)
        return `0x${r}${digits(ORDER - bit(s))}${(v === 27 ? 28 : 27).toString(16)}`
      }
    ],
    [
      'with a high s, and v 0 or 1',
      (signature) => {
        const { r, s, v } = partsOf(signature)
        return `0x${r}${digits(ORDER - bit(s))}0${v === 27 ? 1 : 0}`
      }
    ]
  ])('when it comes %s', async (_, change) => {
    // Both values of v come up.
    for (let round = 0; round < 6; round++) await expectGood(await pay(objectWallet(change)))
  })
})

describe("X105: a signature that is not by the address's key, and that no chain can be asked about, is not sent", () => {
  const compact = 'ab'.repeat(64)
  it.each<[string, unknown]>([
    ['of 64 bytes that nobody signed', `0x${compact}`],
    ['of 65 bytes that nobody signed', `0x${compact}1b`],
    ['with v 29', `0x${compact}1d`],
    ['whose s is the order', `0x${'ab'.repeat(32)}${ORDER.toString(16)}1b`],
    ['whose s is 0', `0x${'ab'.repeat(32)}${'0'.repeat(64)}1b`],
    ['of 97 bytes', `0x${'ab'.repeat(97)}`],
    ['of a wallet that is not deployed', `0x${'ab'.repeat(96)}${'6492'.repeat(16)}`]
  ])('one %s', async (_, signature) => {
    const error = await pay(objectWallet(() => signature)).catch((reason: unknown) => reason)
    expect(error).toMatchObject({
      code: 'signer/failed',
      moneyState: 'none',
      context: { reason: expect.stringContaining('no RPC endpoint says whether') }
    })
    expect(bursarErrorOf((error as BursarError).cause, 'rpc/unavailable')).toBeDefined()
  })

  it.each<[string, unknown]>([
    ['of 63 bytes', `0x${'ab'.repeat(63)}`],
    ['of no bytes', '0x'],
    ['that is none', null],
    ['that is too long', `0x${'ab'.repeat(5000)}`],
    ['that is no hex', 'zz']
  ])('one %s is none', async (_, signature) => {
    await expect(pay(objectWallet(() => signature))).rejects.toMatchObject({
      context: { reason: 'it returned no signature' }
    })
  })
})

describe('X114: a signer that takes typed data as one object', () => {
  it('is given EIP712Domain as the domain has it, and every number as decimal text, so that it survives JSON', async () => {
    let given: WalletTypedData | undefined
    const { message } = await pay(
      objectWallet((signature, data) => {
        given = data
        return signature
      })
    )
    expect(given).toEqual(JSON.parse(JSON.stringify(given)))
    expect(given).toMatchObject({
      domain,
      primaryType: 'TransferWithAuthorization',
      message: { value: '10000', validBefore: String(message.validBefore) }
    })
    expect(given?.types.EIP712Domain).toEqual([
      { name: 'name', type: 'string' },
      { name: 'version', type: 'string' },
      { name: 'chainId', type: 'uint256' },
      { name: 'verifyingContract', type: 'address' }
    ])
  })

  it('is given no version where the domain has none, as that of Permit2', () => {
    const { version: _, ...without } = domain
    const data = { domain: without, types: {}, primaryType: 'A', message: { b: { c: 1n } } }
    expect(toWalletTypedData(data)).toMatchObject({
      types: { EIP712Domain: [{ name: 'name' }, { name: 'chainId' }, { name: 'verifyingContract' }] },
      message: { b: { c: '1' } }
    })
  })

  it.each<[string, EvmAccount]>([
    ["viem's account", account],
    [
      "viem's wallet client",
      createWalletClient({ account, transport: custom({ request: async () => null }) })
    ],
    ["MetaMask's library", objectWallet((signature) => signature)],
    [
      'a wallet behind EIP-1193, which is sent JSON',
      createWalletClient({
        account: account.address,
        transport: custom({
          async request({ method, params }) {
            expect(method).toBe('eth_signTypedData_v4')
            const privateKey = Buffer.from(KEY.slice(2), 'hex')
            const data = JSON.parse(params[1])
            return signTypedData({ privateKey, data, version: SignTypedDataVersion.V4 })
          }
        })
      })
    ]
  ])('signs what is paid: %s', async (_, wallet) => {
    await expectGood(await pay(wallet))
  })
})

describe('X115: an ethers v6 signer', () => {
  it.each<[string, EvmAccount]>([
    ['Wallet', new Wallet(KEY)],
    ['NonceManager, which knows its address only after a call', new NonceManager(new Wallet(KEY))]
  ])('%s pays, although it takes typed data in three parts and no EIP712Domain', async (_, wallet) => {
    expect(await createEvmPayer({ account: wallet }).address()).toBe(account.address)
    await expectGood(await pay(wallet))
  })

  it('that names no address fails before anything is signed', async () => {
    const wallet = { getAddress: async () => 'me', signTypedData: async () => expect.unreachable() }
    await expect(pay(wallet)).rejects.toThrow('The wallet names no account')
  })

  it('is told from a signer that has getAddress and takes one object', async () => {
    const signTypedDataAsObject = async (data: WalletTypedData) => account.signTypedData(data)
    const wallet = { address: account.address, getAddress: async () => account.address }
    await expectGood(await pay({ ...wallet, signTypedData: signTypedDataAsObject }))
  })
})

describe('X117: a wallet that refuses', () => {
  it.each<[string, unknown, string]>([
    ['in words', new Error('User rejected the request.'), 'it refused to sign: User rejected the request.'],
    ['without a word', undefined, 'it refused to sign'],
    ['with a secret', new Error(`key ${KEY} is locked`), 'it refused to sign: key … is locked']
  ])('%s is quoted in the reason, and the message is one sentence', async (_, thrown, reason) => {
    const error = await pay(objectWallet(() => Promise.reject(thrown))).catch((failure: unknown) => failure)
    const end = reason.endsWith('.') ? '' : '.'
    expect(error).toMatchObject({
      context: { network: BASE, reason },
      message: `The EVM account did not sign the payment: ${reason}${end} Nothing was sent.`
    })
    expect(inspect(error, { depth: 9 })).not.toContain(KEY.slice(2))
  })
})

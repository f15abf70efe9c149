import { createPublicKey } from 'node:crypto'
import { BASE, type Offer, x402V2 } from '@bursar/core'
import { createRegistry } from '@bursar/core/registry'
import { createEvmPayer } from '@bursar/evm'
import type { TypedDataSigner } from 'bursar'
import { type Hex, hexToBytes, parseSignature, toHex, verifyTypedData } from 'viem'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { describe, expect, it } from 'vitest'
import { cdpAccount } from './cdp.js'
import { googleKmsAccount } from './google-kms.js'
import { privyAccount } from './privy.js'
import { turnkeyAccount } from './turnkey.js'

/** Backends that keep a key, each with the interface of the real one. None of them is called here. */
const account = privateKeyToAccount(generatePrivateKey())
const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n

/** KMS returns DER, and a high s as often as a low one. */
function kms(isHighS: boolean) {
  const point = hexToBytes(account.publicKey)
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((half) =>
    Buffer.from(half).toString('base64url')
  )
  const jwk = { kty: 'EC', crv: 'secp256k1', x: x ?? '', y: y ?? '' }
  const pem = createPublicKey({ key: jwk, format: 'jwk' }).export({ type: 'spki', format: 'pem' }).toString()
  const integer = (value: bigint): Buffer => {
    const digits = value.toString(16)
    const bytes = Buffer.from(digits.padStart(digits.length + (digits.length % 2), '0'), 'hex')
    const padded = (bytes[0] ?? 0) > 127 ? Buffer.concat([Buffer.of(0), bytes]) : bytes
    return Buffer.concat([Buffer.of(2, padded.length), padded])
  }
  return {
    getPublicKey: async () => [{ pem }] as const,
    async asymmetricSign({ digest }: { readonly digest: { readonly sha256: Uint8Array } }) {
      const { r, s } = parseSignature(await account.sign({ hash: toHex(digest.sha256) }))
      const body = Buffer.concat([integer(BigInt(r)), integer(isHighS ? ORDER - BigInt(s) : BigInt(s))])
      return [{ signature: Buffer.concat([Buffer.of(0x30, body.length), body]) }] as const
    }
  }
}

const signers: readonly (readonly [string, () => TypedDataSigner | Promise<TypedDataSigner>])[] = [
  ['google-kms', () => googleKmsAccount(kms(false), 'projects/p/cryptoKeyVersions/1')],
  ['google-kms with a high s', () => googleKmsAccount(kms(true), 'projects/p/cryptoKeyVersions/1')],
  [
    'cdp',
    () =>
      cdpAccount(
        {
          evm: {
            getOrCreateAccount: async () => ({
              address: account.address,
              signTypedData: (data) => account.signTypedData(JSON.parse(JSON.stringify(data)))
            })
          }
        },
        'my-agent'
      )
  ],
  [
    'privy',
    () => {
      const signTypedData = async (
        _id: string,
        {
          params: { typed_data: data }
        }: { readonly params: { readonly typed_data: { readonly primary_type: string } } }
      ) => {
        const { primary_type: primaryType, ...rest } = JSON.parse(JSON.stringify(data))
        return { signature: await account.signTypedData({ ...rest, primaryType }) }
      }
      const client = { wallets: () => ({ ethereum: () => ({ signTypedData }) }) }
      return privyAccount(client, { id: 'w1', address: account.address })
    }
  ],
  [
    'turnkey',
    () =>
      turnkeyAccount(
        {
          async signRawPayload({ payload }) {
            const signature = await account.sign({ hash: `0x${payload}` })
            const v = signature.endsWith('1b') ? '00' : '01'
            return { r: signature.slice(2, 66), s: signature.slice(66, 130), v }
          }
        },
        account.address
      )
  ]
]

function offerOf(): Offer {
  const registry = createRegistry()
  const [network, asset] = [registry.network(BASE), registry.defaultAsset(BASE)]
  if (!network || !asset) throw new TypeError('Base is not known')
  const payTo = '0x1111111111111111111111111111111111111111'
  const common = { scheme: 'exact', network, asset, payTo, extra: {}, raw: {} } as const
  return { ...common, maxTimeoutSeconds: 60, amountAtomic: 10_000n, cost: 10_000n as Offer['cost'] }
}

const types = {
  TransferWithAuthorization: [
    { name: 'from', type: 'address' },
    { name: 'to', type: 'address' },
    { name: 'value', type: 'uint256' },
    { name: 'validAfter', type: 'uint256' },
    { name: 'validBefore', type: 'uint256' },
    { name: 'nonce', type: 'bytes32' }
  ]
} as const

describe('a payment by a hosted signer', () => {
  it.each(signers)('of %s is signed as USDC takes it', async (_, create) => {
    const payer = createEvmPayer({ account: await create(), rpcUrls: { [BASE]: 'http://127.0.0.1:1' } })
    const prepared = await payer.prepare(offerOf(), { dialect: x402V2, maxValiditySeconds: 300 })
    const { payload, asset } = await prepared.sign()
    const { signature, authorization } = payload as { signature: Hex; authorization: Record<string, string> }
    expect(signature).toMatch(/^0x[0-9a-f]{64}[0-7][0-9a-f]{63}1[bc]$/)
    const domain = { name: 'USD Coin', version: '2', chainId: 8453, verifyingContract: asset as Hex }
    const message = authorization as never
    const data = { domain, types, primaryType: 'TransferWithAuthorization', message } as const
    expect(await verifyTypedData({ ...data, address: account.address, signature })).toBe(true)
  })

  it('of another key than the address has is refused', async () => {
    const other = privateKeyToAccount(generatePrivateKey())
    const client = {
      async signRawPayload({ payload }: { readonly payload: string }) {
        const signature = await other.sign({ hash: `0x${payload}` })
        return { r: signature.slice(2, 66), s: signature.slice(66, 130), v: '00' }
      }
    }
    const rpcUrls = { [BASE]: 'http://127.0.0.1:1' }
    const payer = createEvmPayer({ account: turnkeyAccount(client, account.address), rpcUrls })
    const prepared = await payer.prepare(offerOf(), { dialect: x402V2, maxValiditySeconds: 300 })
    await expect(prepared.sign()).rejects.toMatchObject({ code: 'signer/failed', moneyState: 'none' })
  })
})

import { randomBytes } from 'node:crypto'
import { SOLANA_MAINNET } from '@bursar/core'
import { type BaseChain, startBase } from '@bursar/localchain'
import { type SolanaChain, startSolana } from '@bursar/localchain/solana'
import { privateKeyToAccount } from 'viem/accounts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Gateway } from '../gateway.js'
import { startGateway } from '../start-gateway.js'
import { imageBody, payForImages, postImages } from '../testing/katana.js'
import {
  type AuthorizationChanges,
  challengeOf,
  decode,
  encode,
  firstOffer,
  fundPayer,
  type Payer
} from '../testing/payer.js'

let chain: BaseChain
let solana: SolanaChain
let gateway: Gateway
let payer: Payer
beforeAll(async () => {
  ;[chain, solana] = [await startBase(), await startSolana()]
  gateway = await startGateway({ base: chain, solana, katana: { solanaGasUsd: '0.001' } })
  payer = await fundPayer(chain)
})
afterAll(async () => {
  await gateway.stop()
  await Promise.all([chain.stop(), solana.stop()])
})

describe('a challenge of a gateway on both chains', () => {
  it('Katana 8, 13 and 14: offers Base first and Solana second, each with its own gas', async () => {
    const { accepts } = challengeOf(await postImages(gateway, imageBody()))
    expect(accepts).toMatchObject([
      { network: 'eip155:8453', amount: '19538' },
      {
        network: SOLANA_MAINNET,
        asset: 'EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v',
        amount: '16600',
        extra: { estimatedGasUsd: '0.001000' }
      }
    ])
  })

  it('Katana 15: has no gas beside its amounts', async () => {
    const response = await postImages(gateway, imageBody())
    const challenge = decode(response.headers.get('PAYMENT-REQUIRED'))
    expect(Object.keys(challenge).sort()).toEqual(['accepts', 'error', 'x402Version'])
    for (const offer of challengeOf(response).accepts) {
      expect(Object.keys(offer).filter((name) => /gas/i.test(name))).toEqual([])
    }
  })
})

describe('a payment', () => {
  it('Katana 22: is base64 of JSON with the version, the offer that it accepts, and the payload', async () => {
    const header = await payForImages(gateway, payer, imageBody())
    expect(Object.keys(decode(header)).sort()).toEqual(['accepted', 'payload', 'x402Version'])
    expect((await postImages(gateway, imageBody(), { 'PAYMENT-SIGNATURE': header })).status).toBe(200)
  })

  const fields = [
    { name: 'from', type: 'address' },
    { name: 'to', type: 'address' },
    { name: 'value', type: 'uint256' },
    { name: 'validAfter', type: 'uint256' },
    { name: 'validBefore', type: 'uint256' },
    { name: 'nonce', type: 'bytes32' }
  ] as const
  const transfer = 'TransferWithAuthorization'

  it.each([
    ['as documented', transfer, fields, 200],
    ['with its fields in another order', transfer, fields.toReversed(), 402],
    ['of another primary type', 'ReceiveWithAuthorization', fields, 402]
  ] as const)(
    'Katana 30: that is signed %s is answered accordingly',
    async (_what, primaryType, listed, status) => {
      const offer = firstOffer(await postImages(gateway, imageBody()))
      const account = privateKeyToAccount(payer.key)
      const authorization = {
        from: account.address,
        to: offer.payTo as `0x${string}`,
        value: BigInt(String(offer.amount)),
        validAfter: 0n,
        validBefore: BigInt((await chain.nowSeconds()) + 300),
        nonce: `0x${randomBytes(32).toString('hex')}` as const
      }
      const signature = await account.signTypedData({
        domain: { name: 'USD Coin', version: '2', chainId: 8453, verifyingContract: chain.usdc },
        types: { [primaryType]: [...listed] },
        primaryType,
        message: authorization
      })
      const wire = {
        ...authorization,
        value: String(offer.amount),
        validAfter: 0,
        validBefore: Number(authorization.validBefore)
      }
      const payment = encode({ x402Version: 2, accepted: offer, payload: { signature, authorization: wire } })
      expect((await postImages(gateway, imageBody(), { 'PAYMENT-SIGNATURE': payment })).status).toBe(status)
    }
  )

  const stranger = '0x00000000000000000000000000000000000000aa'
  it.each<[string, AuthorizationChanges]>([
    ['that is expired', { validBefore: 1 }],
    ['of less than the amount', { value: 1n }],
    ['of more than the amount', { value: 10_000_000n }],
    ['to somebody else', { to: stranger }],
    ['by somebody else', { from: stranger }],
    ['of another token', { verifyingContract: stranger }],
    ['of another network', { domain: { chainId: 1 } }]
  ])('Katana 44: %s is answered 402, and starts and takes nothing', async (_what, changes) => {
    const before = await chain.balanceOf(gateway.payTo.base)
    const header = await payForImages(gateway, payer, imageBody(), changes)
    const response = await postImages(gateway, imageBody(), { 'PAYMENT-SIGNATURE': header })
    expect(response.status).toBe(402)
    expect(challengeOf(response).error).not.toBe('Payment required')
    expect(await chain.balanceOf(gateway.payTo.base)).toBe(before)
  })
})

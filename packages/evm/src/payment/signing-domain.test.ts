import { BASE, x402V2 } from '@bursar/core'
import { hashDomain, verifyTypedData } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { describe, expect, it } from 'vitest'
import { clock, KEY, offerOf, sign, wallet } from '../../test/paying.js'
import { createEvmPayer } from '../index.js'
import { typedDataOf } from './authorization.js'

/** A payer whose node has one token, which takes signatures in a domain of its own. */
function payerOfToken({ name, version, token }: { name: string; version: string; token: string }) {
  const verifyingContract = token as `0x${string}`
  const separator = hashDomain({
    domain: { name, version, chainId: 8453n, verifyingContract },
    types: {
      EIP712Domain: [
        { name: 'name', type: 'string' },
        { name: 'version', type: 'string' },
        { name: 'chainId', type: 'uint256' },
        { name: 'verifyingContract', type: 'address' }
      ]
    }
  })
  let calls = 0
  const request = async ({ method }: { readonly method: string }) => {
    if (method === 'eth_chainId') return '0x2105'
    calls++
    return separator
  }
  const payer = createEvmPayer({ account: KEY, clock, transports: { [BASE]: { request } } })
  return { payer, calls: () => calls }
}

describe('the signing domain', () => {
  it('is that of the registry when the offer is silent, as Katana is', async () => {
    const account = privateKeyToAccount(KEY)
    let name: unknown
    const spy = wallet((data: never) => {
      name = (data as { domain: { name: string } }).domain.name
      return account.signTypedData(data)
    })
    await sign(offerOf({ extra: {} }), { account: spy })
    expect(name).toBe('USD Coin')
  })

  it.each([{}, { version: 2 }, { name: null, version: null }])(
    '5.3: is that of the registry where the offer says %j of it',
    async (extra) => {
      const account = privateKeyToAccount(KEY)
      let asked: unknown
      const spy = wallet((data: never) => {
        asked = data
        return account.signTypedData(data)
      })
      await sign(offerOf({ extra }), { account: spy })
      expect(asked).toMatchObject({ domain: { name: 'USD Coin', version: '2', chainId: 8453 } })
    }
  )

  it.each([{ name: 'USDC' }, { version: '1' }, { name: 7 }, { name: '' }, { name: 'USD Coin\n' }])(
    'that contradicts the registry, as %j does, is rejected before the wallet is asked',
    async (extra) => {
      const spy = wallet(async () => '0x')
      await expect(sign(offerOf({ extra }), { account: spy })).rejects.toMatchObject({
        code: 'offer/domain-mismatch',
        moneyState: 'none'
      })
      expect(spy.asked).toBe(0)
    }
  )

  it('X130: of an asset that the user added comes from the offer once the token confirms it', async () => {
    const known = {
      assets: [{ network: BASE, address: `0x${'12'.repeat(20)}`, symbol: 'X', decimals: 18, currency: 'USD' }]
    } as const
    const mine = offerOf({ asset: `0x${'12'.repeat(20)}`, amount: '1000000000001' }, known)
    expect(mine.cost).toBe(2n)
    const { payer, calls } = payerOfToken({ name: 'USD Coin', version: '2', token: `0x${'12'.repeat(20)}` })
    expect(await payer.rejectionReason(mine, x402V2)).toBeUndefined()
    expect(await payer.rejectionReason({ ...mine, extra: {} }, x402V2)).toMatch(/domain/)
    const other = { ...mine, extra: { name: 'USD Coin', version: '1' } }
    expect(await payer.rejectionReason(other, x402V2)).toMatch(/signing domain is not that of its token X/)
    expect(calls()).toBe(1)
    const blind = createEvmPayer({ account: KEY, rpcUrls: { [BASE]: 'http://127.0.0.1:9' } })
    expect(await blind.rejectionReason(mine, x402V2)).toMatch(/no RPC endpoint .* confirms it/)
  })

  it('X130: that differs from the registry is signed where the token confirms it, and nothing is read where both agree', async () => {
    const { payer, calls } = payerOfToken({ name: 'USDC', version: '2', token: offerOf().asset.address })
    const terms = { dialect: x402V2, maxValiditySeconds: 300 }
    const agreed = await (await payer.prepare(offerOf(), terms)).sign()
    expect(calls()).toBe(0)
    const renamed = offerOf({ extra: { name: 'USDC', version: '2' } })
    for (let time = 0; time < 2; time++) expect(await payer.rejectionReason(renamed, x402V2)).toBeUndefined()
    const signed = await (await payer.prepare(renamed, terms)).sign()
    expect(calls()).toBe(1)
    expect(signed.asset).toBe(agreed.asset)
    const { authorization, signature } = signed.payload as { authorization: never; signature: `0x${string}` }
    const data = typedDataOf({
      domain: { name: 'USDC', version: '2', chainId: 8453, verifyingContract: signed.asset as `0x${string}` },
      authorization
    })
    const { address } = privateKeyToAccount(KEY)
    expect(await verifyTypedData({ ...data, address, signature })).toBe(true)
  })

  it('X166: is not asked for when another transfer method is wanted, which the reason names', async () => {
    const offer = offerOf({ extra: { assetTransferMethod: 'erc7710' } })
    expect(await createEvmPayer({ account: KEY }).rejectionReason(offer, x402V2)).toBe(
      'its assetTransferMethod "erc7710" is not eip3009'
    )
  })
})

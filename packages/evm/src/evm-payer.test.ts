import { inspect } from 'node:util'
import {
  BASE,
  type JsonObject,
  katana,
  type Offer,
  type RegistryAdditions,
  systemClock,
  x402V2
} from '@bursar/core'
import { createRegistry } from '@bursar/core/registry'
import { parseChallenge } from '@bursar/core/wire'
import { hashDomain, verifyTypedData } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { describe, expect, it } from 'vitest'
import { createEvmPayer, type EvmAccount } from './index.js'
import { typedDataOf } from './payment/authorization.js'

const KEY = '0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80'
const ADDRESS = '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266'
const NOW_SECONDS = 1_800_000_000
const clock = { ...systemClock, nowMs: () => NOW_SECONDS * 1000 }

function offerOf(change: JsonObject = {}, known: RegistryAdditions = {}): Offer {
  const entry = {
    scheme: 'exact',
    network: BASE,
    amount: '10000',
    asset: '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913',
    payTo: '0x1111111111111111111111111111111111111111',
    maxTimeoutSeconds: 60,
    extra: { name: 'USD Coin', version: '2' },
    ...change
  }
  const { offers, rejectedOffers } = parseChallenge(
    { x402Version: 2, accepts: [entry] },
    createRegistry(known)
  )
  if (!offers[0]) throw new TypeError(rejectedOffers[0]?.reason)
  return offers[0]
}

async function sign(
  offer: Offer,
  options: { account?: EvmAccount; maxValiditySeconds?: number; dialect?: typeof x402V2 } = {}
) {
  const { account = KEY, maxValiditySeconds = 300, dialect = x402V2 } = options
  const rpcUrls = { [BASE]: 'http://127.0.0.1:1' }
  const prepared = await createEvmPayer({ account, clock, rpcUrls }).prepare(offer, {
    dialect,
    maxValiditySeconds
  })
  const payment = await prepared.sign()
  return { payment, authorization: payment.payload.authorization as JsonObject }
}

/** A wallet that counts its calls, and answers as the test says. */
function wallet(signature: (data: never) => Promise<`0x${string}`>) {
  let asked = 0
  return {
    address: ADDRESS,
    signTypedData: (data: never) => {
      asked++
      return signature(data)
    },
    get asked() {
      return asked
    }
  } as const
}

describe("peers defect 4: the life of an authorization is never the server's word", () => {
  it.each([
    [60, 300, 60],
    [1e9, 300, 300],
    [3600, 300, 300],
    [365 * 86_400, 300, 300],
    [1e308, 300, 300],
    [0, 300, 60],
    [1, 300, 10],
    [0.5, 300, 10],
    [120, 30, 30]
  ])('asked for %d s with a maximum of %d s it lives %d s', async (asked, maxValiditySeconds, lives) => {
    const { payment, authorization } = await sign(offerOf({ maxTimeoutSeconds: asked }), {
      maxValiditySeconds
    })
    expect(authorization.validBefore).toBe(String(NOW_SECONDS + lives))
    expect([payment.expiresAtSeconds, payment.expiry]).toEqual([
      NOW_SECONDS + lives,
      BigInt(NOW_SECONDS + lives)
    ])
    expect(authorization.validAfter).toBe(String(NOW_SECONDS - 600))
  })
})

describe('the payload', () => {
  it('has times as text in the standard and as numbers for Katana, and the value always as text', async () => {
    const standard = (await sign(offerOf())).authorization
    const katanas = (await sign(offerOf(), { dialect: katana })).authorization
    expect([typeof standard.validBefore, typeof standard.validAfter]).toEqual(['string', 'string'])
    expect([typeof katanas.validBefore, typeof katanas.validAfter]).toEqual(['number', 'number'])
    expect([standard.value, katanas.value]).toEqual(['10000', '10000'])
  })

  it('S15: holds from 0 on for Katana, which a chain without fresh blocks takes, and from minutes ago in the standard', async () => {
    const { validAfter } = (await sign(offerOf(), { dialect: katana })).authorization
    expect([validAfter, (await sign(offerOf())).authorization.validAfter]).toEqual([
      0,
      String(NOW_SECONDS - 600)
    ])
  })

  it('has a fresh nonce of 32 bytes each time', async () => {
    const nonces = new Set<unknown>()
    for (let index = 0; index < 50; index++) nonces.add((await sign(offerOf())).authorization.nonce)
    expect(nonces.size).toBe(50)
    for (const nonce of nonces) expect(nonce).toMatch(/^0x[0-9a-f]{64}$/)
  })
})

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
    expect(await payer.rejectionReason(renamed, x402V2)).toBeUndefined()
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

  it('is not asked for when another transfer method is wanted', async () => {
    const offer = offerOf({ extra: { assetTransferMethod: 'erc7710' } })
    expect(await createEvmPayer({ account: KEY }).rejectionReason(offer, x402V2)).toMatch(/eip3009/)
  })
})

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

describe('signing without a wait', () => {
  it('is for keys, and gives the very bytes that waiting does', async () => {
    const terms = { dialect: x402V2, maxValiditySeconds: 300 }
    const prepared = await createEvmPayer({ account: KEY, clock }).prepare(offerOf(), terms)
    expect(prepared.signSync?.()).toEqual(await prepared.sign())
    const asked = wallet(async () => '0x')
    expect(
      (await createEvmPayer({ account: asked, clock }).prepare(offerOf(), terms)).signSync
    ).toBeUndefined()
    expect(asked.asked).toBe(0)
  })
})

describe('a wallet', () => {
  const account = privateKeyToAccount(KEY)
  const otherKey = `0x${'11'.repeat(32)}` as const

  it.each([
    ['signs for another address', (data: never) => privateKeyToAccount(otherKey).signTypedData(data)],
    [
      'signs other data',
      (data: never) =>
        account.signTypedData({
          ...(data as object),
          message: { ...(data as { message: object }).message, value: 1n }
        } as never)
    ],
    ['returns nothing', async () => '0x'],
    ['returns no hex', async () => 'zz' as never],
    ['refuses', async () => Promise.reject(new Error(`user rejected 0x${'ab'.repeat(65)} `))]
  ] as const)('that %s fails the payment, and says nothing of what it returned', async (_, signature) => {
    const error = await sign(offerOf(), { account: wallet(signature as never) }).catch(
      (reason: unknown) => reason
    )
    expect(error).toMatchObject({ code: 'signer/failed', moneyState: 'none' })
    expect(inspect(error, { depth: 9 })).not.toMatch(/0x[0-9a-f]{130}/)
  })
})

describe('a key', () => {
  it.each([
    '',
    '0x',
    KEY.slice(2),
    `${KEY}00`,
    `0x${'0'.repeat(64)}`,
    `0x${'f'.repeat(64)}`,
    `0x${'g'.repeat(64)}`
  ])('that is malformed is rejected without showing it: %s', (account) => {
    expect(() => createEvmPayer({ account })).toThrow(TypeError)
    if (account.length > 2) expect(() => createEvmPayer({ account })).not.toThrow(account.slice(2, 20))
  })

  it('is nowhere to be seen in what the user holds', async () => {
    const payer = createEvmPayer({ account: KEY })
    await payer.address()
    expect(inspect(payer, { depth: 9, showHidden: true }) + JSON.stringify(payer)).not.toContain(KEY.slice(2))
  })

  it('has its address, with its checksum', async () => {
    expect(await createEvmPayer({ account: KEY }).address()).toBe(ADDRESS)
  })
})

it('X133: a network of which nothing can be read is not paid on: it could never be known what became of it', async () => {
  const polygon = { network: 'eip155:137', asset: '0x3c499c542cEF5E3811e1192ce70d8cC03d5c3359' }
  const offer = offerOf(polygon)
  const rpcUrls = { 'eip155:137': 'http://127.0.0.1:9' } as const
  expect(await createEvmPayer({ account: KEY }).rejectionReason(offer, x402V2)).toMatch(/no RPC endpoint/)
  expect(await createEvmPayer({ account: KEY, rpcUrls }).rejectionReason(offer, x402V2)).toBeUndefined()
})

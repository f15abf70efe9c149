import { BASE, type JsonObject, katana, type Offer, systemClock, x402V2 } from '@bursar/core'
import { createRegistry } from '@bursar/core/registry'
import { parseChallenge } from '@bursar/core/wire'
import {
  decodeFunctionData,
  encodeAbiParameters,
  erc20Abi,
  type Hex,
  hashTypedData,
  parseAbi,
  verifyTypedData
} from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { describe, expect, it } from 'vitest'
import { createEvmPayer, type EvmAccount } from '../index.js'
import { permitTypedData } from './permit.js'
import { type Permit2Authorization, permit2TypedData } from './permit2-authorization.js'
import { permit2Hash, permitHash } from './permit2-hash.js'

const KEY = '0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d'
const account = privateKeyToAccount(KEY)
const USDC = '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913'
const PERMIT2 = '0x000000000022D473030F116dDEE9F6B43aC78BA3'
const PAYEE = '0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC'
const FACILITATOR = '0x90F79bf6EB2c4f870365E785982E1f101E93b906'
const NOW_SECONDS = 1_800_000_000 - 300
const clock = { ...systemClock, nowMs: () => NOW_SECONDS * 1000 }
/** The nonce of the vectors, as 32 bytes. */
const random = () => Uint8Array.from(Buffer.from(12345678901234567890n.toString(16).padStart(64, '0'), 'hex'))

const entry: JsonObject = {
  scheme: 'exact',
  network: BASE,
  amount: '10000',
  asset: USDC,
  payTo: PAYEE,
  maxTimeoutSeconds: 300,
  extra: { name: 'USD Coin', version: '2', assetTransferMethod: 'permit2' }
}
const upto: JsonObject = {
  ...entry,
  scheme: 'upto',
  amount: '100000',
  extra: { ...(entry.extra as JsonObject), facilitatorAddress: FACILITATOR }
}
const sponsoring: JsonObject = {
  eip2612GasSponsoring: { info: { description: 'pays', version: '1' }, schema: { type: 'object' } }
}

function offerOf(accepts: JsonObject): Offer {
  const { offers, rejectedOffers } = parseChallenge({ x402Version: 2, accepts: [accepts] }, createRegistry())
  if (!offers[0]) throw new TypeError(rejectedOffers[0]?.reason)
  return offers[0]
}

/** A payer whose node says what Permit2 may take, and which permit is next. */
function payerWith(allowance: bigint | undefined, permitNonce = 0n, from: EvmAccount = KEY) {
  const calls: string[] = []
  const request = async ({ method, params }: { readonly method: string; readonly params?: unknown }) => {
    if (method === 'eth_chainId') return '0x2105'
    if (method !== 'eth_call' || allowance === undefined) throw new TypeError('down')
    const [{ to, data }] = params as [{ to: Hex; data: Hex }]
    const abi = [...erc20Abi, ...parseAbi(['function nonces(address) view returns (uint256)'])]
    const { functionName, args } = decodeFunctionData({ abi, data })
    calls.push(`${functionName}(${args?.join()}) of ${to}`)
    const value = functionName === 'nonces' ? permitNonce : allowance
    return encodeAbiParameters([{ type: 'uint256' }], [value])
  }
  const transports = { [BASE]: { request } }
  return { payer: createEvmPayer({ account: from, clock, random, transports, rpcTimeoutMs: 30_000 }), calls }
}

const terms = { dialect: x402V2, maxValiditySeconds: 300 }

describe('X76 to X79: what is signed through Permit2', () => {
  const authorization: Permit2Authorization = {
    chainId: 8453,
    from: account.address,
    token: USDC,
    amount: 10_000n,
    to: PAYEE,
    nonce: 12345678901234567890n,
    deadline: 1_800_000_000n
  }
  const forUpto = { ...authorization, amount: 100_000n, facilitator: FACILITATOR } as const

  it.each<[string, Permit2Authorization, Hex]>([
    ['exact', authorization, '0xf4582dccae98507db63492542c58b94db2738abe5b44ebc94ecf184ec4498e21'],
    ['upto', forUpto, '0xb73e53b4d882eeb2d307088bc5b0afc7ca509a25dc92b3c398bebe8782d2a8c0']
  ])('the hash of %s is the vector, and what viem makes of the typed data', (_, signed, digest) => {
    expect(Buffer.from(permit2Hash(signed)).toString('hex')).toBe(digest.slice(2))
    expect(hashTypedData(permit2TypedData(signed) as never)).toBe(digest)
  })

  it('the hash of a permit is the vector, and what viem makes of the typed data', () => {
    const domain = { name: 'USD Coin', version: '2', chainId: 8453, verifyingContract: USDC } as const
    const permit = { domain, owner: account.address, value: 10_000n, nonce: 0n, deadline: 1_800_000_000n }
    const digest = '0xb60215e049e305a6e9c9b90c221cc6856ba4765fa428d9cfe1916c95acefec68'
    expect(Buffer.from(permitHash(permit)).toString('hex')).toBe(digest.slice(2))
    expect(hashTypedData(permitTypedData(permit) as never)).toBe(digest)
  })

  it.each<[string, EvmAccount]>([
    ['a key', KEY],
    ['a wallet', account]
  ])('%s signs the vectors, in the payload of each scheme', async (_, from) => {
    const { payer } = payerWith(2n ** 255n, 0n, from)
    const exact = await (await payer.prepare(offerOf(entry), terms)).sign()
    expect(exact.payload).toEqual({
      signature:
        '0x82b37660d2488ec14a3a784032bd315748e55360b5eccffc51016591ab407d872c56e7f55299e3e8c251e96169df0916995e5d03af8c1b13cd18ebbac3d099101b',
      permit2Authorization: {
        from: account.address,
        permitted: { token: USDC, amount: '10000' },
        spender: '0x402085c248EeA27D92E8b30b2C58ed07f9E20001',
        nonce: '12345678901234567890',
        deadline: '1800000000',
        witness: { to: PAYEE, validAfter: '0' }
      }
    })
    const most = await (await payer.prepare(offerOf(upto), terms)).sign()
    expect(most.payload).toMatchObject({
      signature:
        '0x09652e1634c557e72a6544295847d2a0a4bc3702a74bfd19d985c3f70e26ff0201ecbeec478d021fabc2582a41f70977e16a33b5370cd78073d385a92333fc961b',
      permit2Authorization: {
        spender: '0x4020A4f3b7b90ccA423B9fabCc0CE57C6C240002',
        witness: { to: PAYEE, facilitator: FACILITATOR, validAfter: '0' }
      }
    })
    expect(most).toMatchObject({ amountAtomic: 100_000n, expiry: 1_800_000_000n })
    expect([exact.extensions, most.extensions]).toEqual([undefined, undefined])
  })

  it('a payment lives 300 seconds at most, whatever is asked and allowed', async () => {
    const { payer } = payerWith(2n ** 255n)
    const offer = offerOf({ ...entry, maxTimeoutSeconds: 86_400 })
    const prepared = await payer.prepare(offer, { ...terms, maxValiditySeconds: 3_600 })
    expect(prepared.expiresAtSeconds).toBe(1_800_000_000)
  })
})

describe('an offer through Permit2 is refused before anything is signed', () => {
  it.each<[string, JsonObject, RegExp]>([
    [
      'upto by another method',
      { ...upto, extra: { assetTransferMethod: 'eip3009', facilitatorAddress: FACILITATOR } },
      /is not permit2/
    ],
    ['a payee that is the payer', { ...entry, payTo: account.address }, /the account that pays/]
  ])('%s', async (_, accepts, reason) => {
    const { payer, calls } = payerWith(2n ** 255n)
    expect(await payer.rejectionReason(offerOf(accepts), x402V2)).toMatch(reason)
    await expect(payer.prepare(offerOf(accepts), terms)).rejects.toMatchObject({ code: 'offer/none-usable' })
    expect(calls).toEqual([])
  })

  it('X76: upto that names no facilitator', async () => {
    const { payer } = payerWith(2n ** 255n)
    const offer: Offer = { ...offerOf(upto), extra: {} }
    expect(await payer.rejectionReason(offer, x402V2)).toMatch(/facilitatorAddress is missing/)
    expect(() => offerOf({ ...upto, extra: {} })).toThrow(/facilitator/)
  })

  it('X77: on a network of the zkSync family', async () => {
    const { payer } = payerWith(2n ** 255n)
    const offer = offerOf(entry)
    const elsewhere: Offer = { ...offer, network: { ...offer.network, id: 'eip155:324' } }
    expect(await payer.rejectionReason(elsewhere, x402V2)).toMatch(/stands at another address/)
  })

  it("in another dialect than version 2's", async () => {
    expect(await payerWith(2n ** 255n).payer.rejectionReason(offerOf(entry), katana)).toMatch(/version 2/)
  })

  it('X92: where Permit2 may not take the token, naming the approval that its owner must send', async () => {
    const { payer, calls } = payerWith(9_999n)
    const reason = await payer.rejectionReason(offerOf(entry), x402V2)
    expect(reason).toContain(`send approve(${PERMIT2}, …) to ${USDC} on ${BASE} once`)
    expect(calls).toEqual([`allowance(${account.address},${PERMIT2}) of ${USDC}`])
    await expect(payer.prepare(offerOf(entry), terms)).rejects.toMatchObject({ code: 'offer/none-usable' })
    const approval = { erc20ApprovalGasSponsoring: { info: {} } }
    expect(await payer.rejectionReason(offerOf(entry), x402V2, approval)).toContain('approve')
  })

  it('where no endpoint says what Permit2 may take', async () => {
    const { payer } = payerWith(undefined)
    expect(await payer.rejectionReason(offerOf(entry), x402V2, sponsoring)).toMatch(/no RPC endpoint/)
    await expect(payer.prepare(offerOf(entry), terms)).rejects.toMatchObject({ code: 'rpc/unavailable' })
  })

  it("X89: where the server names another domain for the token's permit", async () => {
    const extra = { ...(entry.extra as JsonObject), name: 'Other' }
    const reason = await payerWith(0n).payer.rejectionReason(offerOf({ ...entry, extra }), x402V2, sponsoring)
    expect(reason).toMatch(/signing domain/)
  })
})

describe('X89: a permit whose gas the server pays', () => {
  it('is signed for exactly the payment, with the next number of the token', async () => {
    const { payer } = payerWith(9_999n, 7n)
    expect(await payer.rejectionReason(offerOf(entry), x402V2, sponsoring)).toBeUndefined()
    const prepared = await payer.prepare(offerOf(entry), { ...terms, extensions: sponsoring })
    expect(prepared.isSponsored).toBe(true)
    const { extensions } = await prepared.sign()
    const { info, schema } = {
      info: { signature: '0x' as Hex },
      schema: {},
      ...Object(extensions?.eip2612GasSponsoring)
    }
    expect(info).toEqual({
      description: 'pays',
      version: '1',
      from: account.address,
      asset: USDC,
      spender: PERMIT2,
      amount: '10000',
      nonce: '7',
      deadline: '1800000000',
      signature: info.signature
    })
    expect(schema).toEqual({ type: 'object' })
    const domain = { name: 'USD Coin', version: '2', chainId: 8453, verifyingContract: USDC } as const
    const permit = { domain, owner: account.address, value: 10_000n, nonce: 7n, deadline: 1_800_000_000n }
    const { signature } = info
    const signed = { ...permitTypedData(permit), address: account.address, signature }
    expect(await verifyTypedData(signed as never)).toBe(true)
  })

  it('is not signed where Permit2 may take the token already', async () => {
    const { payer, calls } = payerWith(10_000n)
    const prepared = await payer.prepare(offerOf(entry), { ...terms, extensions: sponsoring })
    expect([prepared.isSponsored, (await prepared.sign()).extensions]).toEqual([undefined, undefined])
    expect(calls).toHaveLength(1)
  })
})

import { inspect } from 'node:util'
import { katana, x402V2 } from '@bursar/core'
import { privateKeyToAccount } from 'viem/accounts'
import { describe, expect, it } from 'vitest'
import { ADDRESS, clock, KEY, NOW_SECONDS, offerOf, sign, wallet } from '../test/paying.js'
import { createEvmPayer } from './index.js'

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
  it('X56: has times as text in the standard and as numbers for Katana, and the value always as text', async () => {
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

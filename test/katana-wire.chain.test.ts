import { BASE, SOLANA_MAINNET } from '@bursar/core'
import { PublicKey, VersionedTransaction } from '@solana/web3.js'
import { recoverTypedDataAddress } from 'viem'
import { describe, expect, it } from 'vitest'
import { type Challenge, chat, decode, mug, useWire } from './wire.js'

const wire = useWire()
const TOKEN_PROGRAM = new PublicKey('TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA')
const ACCOUNT_PROGRAM = new PublicKey('ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL')
const item = { type: 'image', model: 'gen', prompt: 'A mug', aspect_ratio: '1:1' }
const credentials = ['authorization', 'x-api-key', 'x-api-secret', 'x-sign-in-with-x', 'payment-signature']

describe('what the client asks first', () => {
  it('Katana 3, 4 and 5: is without credentials and payment, and answered 402', async () => {
    const { katana, legs } = await wire.newClient({ billing: 'direct' })
    await katana.images.generate(mug)
    await katana.chat.completions.create(chat)
    await katana.balance.topUp('0.5')
    const first = legs.filter(({ status }) => status === 402)
    expect(first.map(({ url }) => new URL(url).pathname)).toEqual([
      '/v1/generation-requests',
      '/v1/chat/completions',
      '/v1/x402/top-up'
    ])
    for (const { headers } of first)
      expect(credentials.filter((name) => headers.has(name) && headers.get(name) !== 'Bearer x402')).toEqual(
        []
      )
  })

  it('Katana 6, 7, 8, 9, 10, 12, 13, 14 and 15: is read as one amount for each chain, and nothing is paid for it', async () => {
    const { address, bursar, legs } = await wire.newClient()
    const body = JSON.stringify({ requests: [item] })
    const headers = { 'content-type': 'application/json' }
    const url = `${wire.gateway.url}/v1/generation-requests`
    const quote = await bursar.quote(url, { method: 'POST', headers, body })
    const challenge = decode<Challenge>(legs[0]?.answer.get('payment-required') ?? null)
    expect(challenge.x402Version).toBe(2)
    expect(
      quote.offers.map(({ network, amountAtomic, payTo, asset }) => [network, amountAtomic, payTo, asset])
    ).toEqual(
      challenge.accepts.map(({ network, amount, payTo, asset }) => [network, BigInt(amount), payTo, asset])
    )
    expect(quote.offers.map(({ network }) => network)).toEqual([BASE, SOLANA_MAINNET])
    for (const { amount, maxAmountRequired, extra } of challenge.accepts) {
      expect(maxAmountRequired).toBe(amount)
      const { totalUsd } = extra as { totalUsd: string }
      expect(BigInt(amount)).toBe(BigInt(totalUsd.replace('.', '')))
    }
    expect(Object.keys(challenge)).not.toContain('gas')
    expect(await wire.stack.chain.authorizationsUsed(address)).toEqual([])
  })

  it('Katana 16: starts nothing and charges nothing', async () => {
    const { address, bursar } = await wire.newClient()
    const before = [
      await wire.stack.chain.balanceOf(address),
      await wire.stack.chain.balanceOf(wire.gateway.payTo.base as `0x${string}`)
    ]
    const body = JSON.stringify({ requests: [item] })
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body }
    await bursar.quote(`${wire.gateway.url}/v1/generation-requests`, init)
    expect([
      await wire.stack.chain.balanceOf(address),
      await wire.stack.chain.balanceOf(wire.gateway.payTo.base as `0x${string}`)
    ]).toEqual(before)
    expect(await bursar.outstanding()).toEqual([])
  })
})

interface BasePayment {
  readonly x402Version: number
  readonly accepted: object
  readonly payload: {
    readonly signature: `0x${string}`
    readonly authorization: Record<'from' | 'to' | 'nonce', `0x${string}`> &
      Record<'value' | 'validAfter' | 'validBefore', string | number>
  }
}

describe('what the client pays with on Base', () => {
  it('Katana 22, 24, 25, 26, 27, 28, 32, 33, 34, 35 and 48: is the offer as it came, for the same request, once', async () => {
    const { address, katana, legs } = await wire.newClient({ billing: 'direct' })
    await katana.images.generate(mug)
    await katana.images.generate(mug)
    const [asked, paid, , again] = legs
    expect([paid?.url, paid?.method, paid?.body]).toEqual([asked?.url, asked?.method, asked?.body])
    const { accepts } = decode<Challenge>(asked?.answer.get('payment-required') ?? null)
    const payment = decode<BasePayment>(paid?.headers.get('payment-signature') ?? null)
    expect(Object.keys(payment).sort()).toEqual(['accepted', 'payload', 'x402Version'])
    expect([payment.x402Version, payment.accepted]).toEqual([2, accepts[0]])
    const { authorization, signature } = payment.payload
    const nowSeconds = Date.now() / 1000
    expect([authorization.from.toLowerCase(), authorization.to, String(authorization.value)]).toEqual([
      address.toLowerCase(),
      accepts[0]?.payTo,
      accepts[0]?.amount
    ])
    expect([authorization.nonce, signature]).toEqual([
      expect.stringMatching(/^0x[0-9a-f]{64}$/),
      expect.stringMatching(/^0x[0-9a-f]{130}$/)
    ])
    expect([Number(authorization.validAfter), Number(authorization.validBefore) > nowSeconds]).toEqual([
      0,
      true
    ])
    const other = decode<BasePayment>(again?.headers.get('payment-signature') ?? null)
    expect(other.payload.authorization.nonce).not.toBe(authorization.nonce)
    expect(await wire.stack.chain.authorizationsUsed(address)).toHaveLength(2)
  })

  it('Katana 29, 30 and 31: is signed as USD Coin 2 on Base, by the payer, as viem recovers it', async () => {
    const { address, post, legs } = await wire.newClient()
    await post({ requests: [item] })
    const { payload, accepted } = decode<BasePayment>(legs[1]?.headers.get('payment-signature') ?? null)
    const { from, to, nonce, value, validAfter, validBefore } = payload.authorization
    const field = (name: string, type: string) => ({ name, type })
    const signer = await recoverTypedDataAddress({
      domain: {
        name: 'USD Coin',
        version: '2',
        chainId: 8453,
        verifyingContract: (accepted as { asset: `0x${string}` }).asset
      },
      types: {
        TransferWithAuthorization: [
          field('from', 'address'),
          field('to', 'address'),
          field('value', 'uint256'),
          field('validAfter', 'uint256'),
          field('validBefore', 'uint256'),
          field('nonce', 'bytes32')
        ]
      },
      primaryType: 'TransferWithAuthorization',
      message: {
        ...{ from, to, nonce, value: BigInt(value) },
        ...{ validAfter: BigInt(validAfter), validBefore: BigInt(validBefore) }
      },
      signature: payload.signature
    })
    expect(signer).toBe(address)
  })

  it('Katana 44: that is rejected starts nothing, and the client says why and where the money is', async () => {
    const { address, post } = await wire.newClient()
    wire.gateway.faults.next('payment-rejected')
    await expect(post({ requests: [item] })).rejects.toMatchObject({ code: 'payment/refused' })
    expect(await wire.stack.chain.authorizationsUsed(address)).toEqual([])
  })

  it('Katana 46 and 53: costs what was quoted, and the receipt says transaction, network and amount', async () => {
    const { bursar, post, legs } = await wire.newClient()
    const response = await post({ requests: [item] })
    const { accepts } = decode<Challenge>(legs[0]?.answer.get('payment-required') ?? null)
    expect(bursar.receiptOf(response)).toMatchObject({
      network: BASE,
      amountAtomic: BigInt(accepts[0]?.amount ?? 0),
      transaction: expect.stringMatching(/^0x[0-9a-f]{64}$/),
      moneyState: 'settled'
    })
  })
})

describe('what the client pays with on Solana', () => {
  it('Katana 36, 37, 38, 39, 40, 41 and 42: is a transfer of exactly the amount, which the payee pays the fee of', async () => {
    const { keypair, bursar, legs } = await wire.newClient()
    const pay = () =>
      bursar.fetch(`${wire.gateway.url}/v1/generation-requests?wait=false`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ requests: [item] }),
        bursar: { prefer: [SOLANA_MAINNET] }
      })
    expect((await pay()).status).toBe(200)
    const payments = [legs[1]]
    expect((await pay()).status).toBe(200)
    payments.push(legs.at(-1))
    const [first, second] = payments.map((leg) =>
      decode<{ accepted: Challenge['accepts'][number]; payload: { payer: string; transaction: string } }>(
        leg?.headers.get('payment-signature') ?? null
      )
    )
    if (!first || !second) return expect.unreachable()
    const owner = keypair.publicKey
    const payee = new PublicKey(String(first.accepted.payTo))
    const mint = new PublicKey(String(first.accepted.asset))
    const transaction = VersionedTransaction.deserialize(Buffer.from(first.payload.transaction, 'base64'))
    const { staticAccountKeys: keys, compiledInstructions, header } = transaction.message
    expect([first.payload.payer, keys[0]?.toBase58()]).toEqual([owner.toBase58(), payee.toBase58()])
    const at = keys.findIndex((key) => key.equals(owner))
    expect(at < header.numRequiredSignatures && transaction.signatures[at]?.some((byte) => byte !== 0)).toBe(
      true
    )
    const seeds = [payee, TOKEN_PROGRAM, mint].map((key) => key.toBuffer())
    const [account] = PublicKey.findProgramAddressSync(seeds, ACCOUNT_PROGRAM)
    // TransferChecked: its number, the amount, the decimals.
    const transfer = compiledInstructions.find(({ data }) => data[0] === 12 && data.length === 10)
    const data = Buffer.from(transfer?.data ?? [])
    expect(String(data.readBigUInt64LE(1))).toBe(first.accepted.amount)
    const used = (transfer?.accountKeyIndexes ?? []).map((index) => keys[index]?.toBase58())
    expect([used[1], used[2], used[3]]).toEqual([mint.toBase58(), account.toBase58(), owner.toBase58()])
    // The payee has no token account yet: the first payment creates it.
    const creations = compiledInstructions.filter(({ programIdIndex }) =>
      keys[programIdIndex]?.equals(ACCOUNT_PROGRAM)
    )
    expect(creations).toHaveLength(1)
    expect(second.payload.transaction).not.toBe(first.payload.transaction)
  })
})

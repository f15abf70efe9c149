import type { Hex } from 'viem'
import { describe, expect, it } from 'vitest'
import { AMOUNT, payTo, useBaseFacilitator } from '../../testing/base-facilitator.js'
import { fundPayer } from '../../testing/payer.js'

const stack = useBaseFacilitator()
const { payment, requirements, codeAt } = stack

/** Runtime code that answers any call with EIP-1271's magic value, or with zeros. */
const AGREES: Hex = '0x631626ba7e60e01b60005260206000f3'
const DISAGREES: Hex = '0x60206000f3'

describe('verify', () => {
  it('takes an honest authorization and names it by payer and nonce', async () => {
    const honest = await payment({ nonce: `0x${'Ab'.repeat(32)}` })
    const reference = `${stack.payer.address.toLowerCase()}/0x${'ab'.repeat(32)}`
    expect(await stack.facilitator.verify(honest)).toEqual({
      ok: true,
      payer: stack.payer.address.toLowerCase(),
      reference
    })
  })

  it('rejects another scheme', async () => {
    expect(await stack.facilitator.verify(await payment({}, { scheme: 'upto' }))).toMatchObject({
      reason: 'unsupported_scheme'
    })
  })

  it('rejects a standard offer that names no domain; Katana 29: Katana’s means the token’s own', async () => {
    const nameless = await payment({}, { extra: {} })
    expect(await stack.facilitator.verify(nameless)).toMatchObject({ reason: 'missing_eip712_domain' })
    expect(await stack.facilitator.verify({ ...nameless, dialect: 'katana' })).toMatchObject({ ok: true })
  })

  it('rejects another network', async () => {
    const elsewhere = await payment({}, { network: 'eip155:1' })
    expect(await stack.facilitator.verify(elsewhere)).toMatchObject({ reason: 'network_mismatch' })
  })

  it('rejects an asset without code', async () => {
    const asset = `0x${'77'.repeat(20)}`
    expect(await stack.facilitator.verify(await payment({}, { asset }))).toMatchObject({
      reason: 'asset_without_code'
    })
    const honest = await payment()
    const symbolic = { ...honest, requirements: requirements({ asset: 'USDC' }) }
    expect(await stack.facilitator.verify(symbolic)).toMatchObject({ reason: 'asset_without_code' })
  })

  it('Katana 28: rejects more and rejects less than the amount', async () => {
    for (const value of [AMOUNT - 1n, AMOUNT + 1n]) {
      expect(await stack.facilitator.verify(await payment({ value }))).toMatchObject({
        reason: 'value_mismatch'
      })
    }
  })

  it('Katana 27: rejects another recipient', async () => {
    const elsewhere = await payment({ to: '0x00000000000000000000000000000000000000bb' })
    expect(await stack.facilitator.verify(elsewhere)).toMatchObject({ reason: 'recipient_mismatch' })
  })

  it('Katana 34: rejects what dies within six seconds and what is not valid yet', async () => {
    const nowSeconds = Math.floor(Date.now() / 1000)
    const dying = await payment({ validBefore: nowSeconds + 4 })
    expect(await stack.facilitator.verify(dying)).toMatchObject({ reason: 'valid_before_too_soon' })
    const early = await payment({ validAfter: nowSeconds + 60 })
    expect(await stack.facilitator.verify(early)).toMatchObject({ reason: 'valid_after_in_future' })
  })

  it('compares the times with a clock that is off when a fault says so', async () => {
    expect(await stack.facilitator.verify(await payment(), { clockOffsetSeconds: 6 * 3600 })).toMatchObject({
      reason: 'valid_before_too_soon'
    })
    const recent = await payment({ validAfter: Math.floor(Date.now() / 1000) - 10 })
    expect(await stack.facilitator.verify(recent, { clockOffsetSeconds: -6 * 3600 })).toMatchObject({
      reason: 'valid_after_in_future'
    })
  })

  it('Katana 33: rejects a nonce that was used', async () => {
    const paid = await payment()
    expect(await stack.facilitator.settle(paid)).toMatchObject({ outcome: 'settled' })
    expect(await stack.facilitator.verify(paid)).toMatchObject({ reason: 'nonce_already_used' })
  })

  it('distinguishes a wrong domain name from a wrong domain version', async () => {
    const name = await payment(
      { domain: { name: 'Dollar Coin' } },
      { extra: { name: 'Dollar Coin', version: '2' } }
    )
    expect(await stack.facilitator.verify(name)).toMatchObject({ reason: 'token_name_mismatch' })
    const version = await payment({ domain: { version: '1' } }, { extra: { name: 'USD Coin', version: '1' } })
    expect(await stack.facilitator.verify(version)).toMatchObject({ reason: 'token_version_mismatch' })
  })

  it('rejects a payer who holds too little', async () => {
    const poor = await fundPayer(stack.chain, AMOUNT - 1n)
    const payload = await poor.authorize({ ...requirements() })
    const unfunded = { requirements: requirements(), payload, dialect: 'standard' } as const
    expect(await stack.facilitator.verify(unfunded)).toMatchObject({ reason: 'insufficient_balance' })
  })

  it('rejects what the token would not do for a reason of its own', async () => {
    await stack.chain.pause()
    expect(await stack.facilitator.verify(await payment())).toMatchObject({ reason: 'simulation_failed' })
    await stack.chain.unpause()
    expect(await stack.facilitator.verify(await payment())).toMatchObject({ ok: true })
  })
})

describe('the payload', () => {
  it.each([
    ['Katana 26: without a signature', { signature: undefined }],
    ['with a signature of odd length', { signature: '0x123' }],
    ['with a field that nobody asked for', { memo: 'hello' }]
  ])('is rejected %s', async (_what, change) => {
    const honest = await payment()
    const { signature, ...rest } = { ...honest.payload, ...change } as { signature?: Hex }
    const payload = signature === undefined ? rest : { ...rest, signature }
    expect(stack.facilitator.identify({ ...honest, payload })).toMatchObject({ reason: 'payload_malformed' })
  })

  it.each([
    ['Katana 32: a nonce of 31 bytes', { nonce: `0x${'00'.repeat(31)}` }],
    ['a value with a sign', { value: '+13938' }],
    ['a value with a leading zero', { value: '013938' }],
    ['a value as a number', { value: 13_938 }],
    ['a value of more than 256 bits', { value: String(2n ** 256n) }],
    ['a payer that is no address', { from: '0x1234' }],
    ['an extra field', { salt: '1' }]
  ])('is rejected with %s', async (_what, change) => {
    const honest = await payment()
    const authorization = { ...(honest.payload.authorization as object), ...change }
    const payload = { ...honest.payload, authorization }
    expect(stack.facilitator.identify({ ...honest, payload })).toMatchObject({ reason: 'payload_malformed' })
  })

  it('Katana 35: takes times as numbers and as strings from Katana’s clients, as strings only by the standard', async () => {
    for (const times of ['numbers', 'strings'] as const) {
      expect(await stack.facilitator.verify(await payment({ times }, {}, 'katana'))).toMatchObject({
        ok: true
      })
    }
    expect(await stack.facilitator.verify(await payment({ times: 'numbers' }))).toMatchObject({
      reason: 'payload_malformed'
    })
  })
})

describe('the signature', () => {
  it.each([
    ['Katana 29: over another domain name', { domain: { name: 'USDC' } }],
    ['Katana 29: over another domain version', { domain: { version: '1' } }],
    ['Katana 29: for another chain', { domain: { chainId: 1 } }],
    ['Katana 29: for another contract', { verifyingContract: payTo }],
    ['Katana 31: by another wallet', { from: payTo }]
  ])('is rejected %s', async (_what, changes) => {
    expect(await stack.facilitator.verify(await payment(changes))).toMatchObject({
      reason: 'invalid_signature'
    })
  })

  it('is rejected with s in the upper half, which recovers to the payer all the same', async () => {
    const honest = await payment()
    const signature = honest.payload.signature as Hex
    const order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n
    const s = (order - BigInt(`0x${signature.slice(66, 130)}`)).toString(16).padStart(64, '0')
    const v = signature.endsWith('1b') ? '1c' : '1b'
    const payload = { ...honest.payload, signature: `${signature.slice(0, 66)}${s}${v}` }
    expect(await stack.facilitator.verify({ ...honest, payload })).toMatchObject({
      reason: 'invalid_signature'
    })
  })

  it('is rejected with a v of 0 or 1, with zeros, and with a byte too many', async () => {
    const honest = await payment()
    const signature = honest.payload.signature as Hex
    const v = signature.endsWith('1b') ? '00' : '01'
    for (const broken of [`${signature.slice(0, 130)}${v}`, `0x${'00'.repeat(64)}1b`, `${signature}00`]) {
      const payload = { ...honest.payload, signature: broken }
      expect(await stack.facilitator.verify({ ...honest, payload })).toMatchObject({
        reason: 'invalid_signature'
      })
    }
  })

  it('X104: of a payer with code is left to the payer: EIP-1271', async () => {
    const agreeing = await codeAt(AGREES)
    const disagreeing = await codeAt(DISAGREES)
    const reverting = await codeAt('0x5f5ffd')
    await stack.chain.mint(agreeing, AMOUNT)
    const ofContract = await payment({ from: agreeing })
    const payload = { ...ofContract.payload, signature: '0xc0ffee' }
    expect(await stack.facilitator.verify({ ...ofContract, payload })).toMatchObject({ ok: true })
    expect(await stack.facilitator.settle({ ...ofContract, payload })).toMatchObject({ outcome: 'settled' })
    for (const from of [disagreeing, reverting]) {
      expect(await stack.facilitator.verify(await payment({ from }))).toMatchObject({
        reason: 'invalid_signature'
      })
    }
  })
})

import type { JsonObject } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { useStack } from '../../testing/stack.js'

const stack = useStack()
const payTo = '0x00000000000000000000000000000000000b0b05'

async function submit(
  path: '/verify' | '/settle',
  body: JsonObject
): Promise<{ status: number; body: JsonObject }> {
  const response = await fetch(`${stack.gateway.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body)
  })
  return { status: response.status, body: await response.json() }
}

/** What a server of one's own sends, by x402 v2. */
async function ownPayment(changes: { value?: bigint } = {}): Promise<JsonObject> {
  const requirements = {
    scheme: 'exact',
    network: 'eip155:8453',
    amount: '12345',
    asset: stack.chain.usdc,
    payTo,
    maxTimeoutSeconds: 60,
    extra: { name: 'USD Coin', version: '2' }
  }
  const payload = await stack.payer.authorize(requirements, changes)
  return {
    x402Version: 2,
    paymentPayload: { x402Version: 2, accepted: requirements, payload },
    paymentRequirements: requirements
  }
}

/** The same by x402 v1. */
async function ownPaymentV1(): Promise<JsonObject> {
  const requirements = {
    scheme: 'exact',
    network: 'base',
    maxAmountRequired: '12345',
    resource: 'https://own.example/',
    description: 'x',
    mimeType: 'text/plain',
    asset: stack.chain.usdc,
    payTo,
    maxTimeoutSeconds: 60,
    extra: { name: 'USD Coin', version: '2' }
  }
  const payload = await stack.payer.authorize(requirements)
  return {
    x402Version: 1,
    paymentPayload: { x402Version: 1, scheme: 'exact', network: 'base', payload },
    paymentRequirements: requirements
  }
}

describe('GET /supported', () => {
  it('P79: lists the exact scheme for both versions, and what Permit2 pays, with what an offer needs', async () => {
    const supported = await (await fetch(`${stack.gateway.url}/supported`)).json()
    const extra = { name: 'USD Coin', version: '2' }
    const byPermit2 = { ...extra, assetTransferMethod: 'permit2' }
    const facilitatorAddress = expect.stringMatching(/^0x[0-9a-fA-F]{40}$/)
    expect(supported).toEqual({
      kinds: [
        { x402Version: 2, scheme: 'exact', network: 'eip155:8453', extra },
        { x402Version: 1, scheme: 'exact', network: 'base', extra },
        { x402Version: 2, scheme: 'exact', network: 'eip155:8453', extra: byPermit2 },
        {
          x402Version: 2,
          scheme: 'upto',
          network: 'eip155:8453',
          extra: { ...byPermit2, facilitatorAddress }
        }
      ],
      extensions: ['eip2612GasSponsoring'],
      signers: { 'eip155:*': [expect.stringMatching(/^0x[0-9a-fA-F]{40}$/)] }
    })
  })
})

describe('POST /verify and POST /settle', () => {
  it.each([
    ['v2', ownPayment, 'eip155:8453'],
    ['v1', ownPaymentV1, 'base']
  ])(
    'P79: verify and settle a payment to another payee by x402 %s, once',
    async (_version, make, network) => {
      const before = await stack.chain.balanceOf(payTo)
      const body = await make()
      const payer = stack.payer.address.toLowerCase()
      expect(await submit('/verify', body)).toEqual({ status: 200, body: { isValid: true, payer } })
      expect(await stack.chain.balanceOf(payTo)).toBe(before)
      const { body: settled } = await submit('/settle', body)
      expect(settled).toEqual({
        success: true,
        network,
        payer,
        transaction: expect.stringMatching(/^0x[0-9a-f]{64}$/)
      })
      expect(await stack.chain.balanceOf(payTo)).toBe(before + 12_345n)
      const again = { isValid: false, invalidReason: 'nonce_already_used', payer }
      expect((await submit('/verify', body)).body).toEqual(again)
      expect((await submit('/settle', body)).body).toMatchObject({
        success: false,
        errorReason: 'nonce_already_used'
      })
      expect(await stack.chain.balanceOf(payTo)).toBe(before + 12_345n)
    }
  )

  it('P79: reject a payment as strictly as the gateway’s own routes do', async () => {
    const body = await ownPayment({ value: 1n })
    expect((await submit('/verify', body)).body).toMatchObject({ invalidReason: 'value_mismatch' })
    expect((await submit('/settle', body)).body).toMatchObject({ errorReason: 'value_mismatch' })
  })

  it('P79: answer 400 to what is no payment, and for a network that is not served', async () => {
    expect((await submit('/verify', { x402Version: 3 })).status).toBe(400)
    const body = await ownPayment()
    const { paymentRequirements } = body
    const elsewhere = { ...(paymentRequirements as JsonObject), network: 'eip155:1' }
    const { status, body: answer } = await submit('/settle', { ...body, paymentRequirements: elsewhere })
    expect([status, answer]).toMatchObject([400, { error: { code: 'unsupported_network' } }])
  })
})

describe('faults', () => {
  it('P80: lose the answer of a settlement that happened', async () => {
    const before = await stack.chain.balanceOf(payTo)
    stack.gateway.faults.next('answer-lost-after-settling', { match: ({ path }) => path === '/settle' })
    const body = await ownPayment()
    expect((await submit('/verify', body)).body).toMatchObject({ isValid: true })
    await expect(submit('/settle', body)).rejects.toThrow(TypeError)
    expect(await stack.chain.balanceOf(payTo)).toBe(before + 12_345n)
  })

  it('P80: verify and then fail, or say no, and nothing is settled', async () => {
    const before = await stack.chain.balanceOf(payTo)
    const body = await ownPayment()
    stack.gateway.faults.next('payment-rejected')
    expect((await submit('/verify', body)).body).toMatchObject({
      isValid: false,
      invalidReason: 'simulation_failed'
    })
    expect((await submit('/verify', body)).body).toMatchObject({ isValid: true })
    stack.gateway.faults.next('payment-rejected')
    expect((await submit('/settle', body)).body).toMatchObject({ success: false })
    stack.gateway.faults.next('settlement-pending', { lands: false })
    expect((await submit('/settle', body)).body).toMatchObject({
      success: false,
      errorReason: 'settlement_pending'
    })
    expect(await stack.chain.balanceOf(payTo)).toBe(before)
  })

  it('P80: are slow', async () => {
    stack.gateway.faults.next('slow', { delayMs: 150 })
    const startMs = performance.now()
    await submit('/verify', await ownPayment())
    expect(performance.now() - startMs).toBeGreaterThan(100)
  })
})

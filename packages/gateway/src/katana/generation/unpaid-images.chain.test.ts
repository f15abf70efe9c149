import { describe, expect, it } from 'vitest'
import { jobOf } from '../../testing/image-job.js'
import { imageBody, postImages } from '../../testing/katana.js'
import { decode, firstOffer } from '../../testing/payer.js'
import { useStack } from '../../testing/stack.js'

const stack = useStack({ katana: { generationMs: 60 } })

describe('an unpaid request for an image', () => {
  it('Katana 3, 6, 7, 8, 9, 10, 11 and 12: is answered 402 in Katana’s documented shape', async () => {
    const response = await postImages(stack.gateway, imageBody())
    expect(response.status).toBe(402)
    expect(decode(response.headers.get('PAYMENT-REQUIRED'))).toEqual({
      x402Version: 2,
      error: 'Payment required',
      accepts: [
        {
          scheme: 'exact',
          network: 'eip155:8453',
          asset: stack.chain.usdc,
          payTo: stack.gateway.payTo.base,
          // 3 credits at $0.0052, and gas.
          amount: '19538',
          maxAmountRequired: '19538',
          maxTimeoutSeconds: 3600,
          extra: {
            currency: 'USDC',
            decimals: 6,
            chain: 'base',
            subtotalUsd: '0.015600',
            estimatedGasUsd: '0.003938',
            totalUsd: '0.019538'
          }
        }
      ]
    })
  })

  it('Katana 16: starts nothing', async () => {
    const before = stack.gateway.requests.length
    const response = await postImages(stack.gateway, imageBody())
    expect(await response.json()).toMatchObject({ error: { code: 'payment_required' } })
    expect(response.headers.get('PAYMENT-RESPONSE')).toBeNull()
    expect(stack.gateway.requests.slice(before)).toEqual([
      { method: 'POST', path: '/v1/generation-requests', paid: false, status: 402 }
    ])
  })

  it('Katana 53 and 106: costs what its items cost together', async () => {
    const item = { type: 'image', prompt: 'x', aspect_ratio: '1:1' }
    const requests = [
      { ...item, model: 'gen' },
      { ...item, model: 'gpt-image-2' }
    ]
    const response = await postImages(stack.gateway, JSON.stringify({ requests }))
    // 17 credits.
    expect(firstOffer(response)).toMatchObject({ amount: String(88_400 + 3938) })
  })

  it.each([
    ['is not JSON', '{'],
    ['is no object', '[]'],
    ['has no requests', '{}'],
    ['Katana 93: has no items', '{"requests":[]}'],
    ['Katana 93: has an item of another type', '{"requests":[{"type":"song"}]}'],
    ['has more items than anyone sends', JSON.stringify({ requests: Array(101).fill({ type: 'image' }) })]
  ])('that %s is answered 400, before any price', async (_what, body) => {
    const response = await postImages(stack.gateway, body)
    expect(response.status).toBe(400)
    expect(response.headers.get('PAYMENT-REQUIRED')).toBeNull()
  })

  it('Katana 104: of which every item is rejected is terminal, costs nothing and asks for no payment', async () => {
    const response = await postImages(stack.gateway, imageBody({ model: 'no-such-thing' }))
    expect(response.status).toBe(200)
    const job = await jobOf(response)
    expect(job).toMatchObject({
      status: 'rejected',
      poll_after_seconds: null,
      metadata: { credits_spent: '0' },
      responses: [{ status: 'rejected', error: { code: 'no_such_model' } }]
    })
  })
})

it('an item that nests without end is rejected like any other', async () => {
  const nested = `${'['.repeat(20_000)}${']'.repeat(20_000)}`
  const body = imageBody({ model: 'NESTED' }).replace('"NESTED"', nested)
  expect(await jobOf(await postImages(stack.gateway, body))).toMatchObject({ status: 'rejected' })
})

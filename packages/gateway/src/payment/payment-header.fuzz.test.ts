import fc from 'fast-check'
import { expect, it } from 'vitest'
import { challengeOf, encode, firstOffer } from '../testing/payer.js'
import { useStack } from '../testing/stack.js'
import { getReport } from '../testing/standard.js'

const stack = useStack()

async function refusalOf(payment: string): Promise<string> {
  const response = await getReport(stack.gateway, { headers: { 'PAYMENT-SIGNATURE': payment } })
  expect(response.status).toBe(402)
  return challengeOf(response).error
}

it('whatever the header holds, the answer is a fresh challenge', async () => {
  const text = fc.string({
    unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
    minLength: 1
  })
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        text,
        fc.json().map((json) => encode(JSON.parse(json)))
      ),
      async (payment) => {
        expect(await refusalOf(payment)).toMatch(
          /^(payment_header_malformed|unsupported_x402_version|accepted_mismatch)$/
        )
      }
    ),
    { numRuns: 150 }
  )
})

it('whatever the payload of a good entry holds, nothing settles', async () => {
  const accepted = firstOffer(await getReport(stack.gateway))
  const honest = await stack.payer.authorize(accepted)
  const field = fc.constantFrom('from', 'to', 'value', 'validAfter', 'validBefore', 'nonce')
  const wrong = fc.oneof(fc.jsonValue(), fc.bigInt({ min: 0n, max: 2n ** 257n }).map(String), fc.string())
  await fc.assert(
    fc.asyncProperty(field, wrong, async (name, value) => {
      const authorization = { ...(honest.authorization as Record<string, unknown>), [name]: value }
      const unchanged = JSON.stringify(authorization) === JSON.stringify(honest.authorization)
      fc.pre(!unchanged)
      const payment = encode({ x402Version: 2, accepted, payload: { ...honest, authorization } })
      expect(await refusalOf(payment)).toMatch(/^(payload_malformed|invalid_signature)$/)
    }),
    { numRuns: 150 }
  )
  expect(await stack.chain.authorizationsUsed(stack.payer.address)).toEqual([])
})

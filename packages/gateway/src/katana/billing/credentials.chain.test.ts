import { expect, it } from 'vitest'
import { startGateway } from '../../start-gateway.js'
import { imageBody, payForImages, postImages } from '../../testing/katana.js'
import { useStack } from '../../testing/stack.js'

const stack = useStack()

it.each([
  ['an API key and its secret', { 'X-API-Key': 'k', 'X-API-Secret': 's' }],
  ['a combined bearer token', { Authorization: 'Bearer key:secret:with:colons' }],
  ['Katana 19: a key without its secret', { 'X-API-Key': 'k' }],
  ['Katana 19: a bearer token without a colon', { Authorization: 'Bearer x402' }],
  ['a wallet proof', { 'X-Sign-In-With-X': 'e30=' }]
])('Katana 21: %s that is not known is answered 401, never 402', async (_what, headers) => {
  const response = await postImages(stack.gateway, imageBody(), headers)
  expect(response.status).toBe(401)
  expect(response.headers.get('PAYMENT-REQUIRED')).toBeNull()
})

it('Katana 18: a payment beside credentials is rejected, and nothing is taken', async () => {
  const body = imageBody()
  const payment = await payForImages(stack.gateway, stack.payer, body)
  for (const other of [{ Authorization: 'Bearer key:secret' }, { 'X-Sign-In-With-X': 'e30=' }]) {
    const response = await postImages(stack.gateway, body, { 'PAYMENT-SIGNATURE': payment, ...other })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ error: { code: 'several_billing_paths' } })
  }
  expect(await stack.chain.balanceOf(stack.gateway.payTo.base)).toBe(0n)
})

it('Katana 17: credentials in the body are no credentials', async () => {
  const body = JSON.stringify({ 'X-API-Key': 'k', 'X-API-Secret': 's', ...JSON.parse(imageBody()) })
  expect((await postImages(stack.gateway, body)).status).toBe(402)
})

it('loneCredential: ignore quotes a price to a client whose SDK insists on a bearer token', async () => {
  const lenient = await startGateway({ base: stack.chain, katana: { loneCredential: 'ignore' } })
  expect((await postImages(lenient, imageBody(), { Authorization: 'Bearer x402' })).status).toBe(402)
  expect((await postImages(lenient, imageBody(), { Authorization: 'Bearer key:secret' })).status).toBe(401)
  await lenient.stop()
})

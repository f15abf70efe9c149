import { isJsonObject, type JsonObject } from '@bursar/core'
import { expect, it } from 'vitest'
import { challengeOf, decode, encode, firstOffer } from '../testing/payer.js'
import { useStack } from '../testing/stack.js'

const stack = useStack()
const ID = 'p01a2b3c4d5e6f708192a3b4c5d6e7f80'

/** Sells at a path, and pays there once in the words of a client that gives the identifier that it is told. */
function shop(path: string) {
  let calls = 0
  stack.gateway.sell(path, { price: '0.01', identified: true }, () => new Response(String(++calls)))
  const url = `${stack.gateway.url}${path}`
  return {
    url,
    async sign(id?: string): Promise<string> {
      const challenge = await fetch(url)
      const { extensions } = decode(challenge.headers.get('PAYMENT-REQUIRED'))
      const accepted = firstOffer(challenge)
      const payload = await stack.payer.authorize(accepted)
      return encode({ x402Version: 2, accepted, payload, extensions: identified(extensions, id) })
    },
    send: (header: string) => fetch(url, { headers: { 'PAYMENT-SIGNATURE': header } })
  }
}

function identified(extensions: unknown, id: string | undefined): JsonObject {
  const declared = isJsonObject(extensions) ? extensions['payment-identifier'] : undefined
  const { info, schema = {} } = isJsonObject(declared) ? declared : {}
  expect(info).toEqual({ required: true })
  return { 'payment-identifier': { info: { required: true, ...(id !== undefined && { id }) }, schema } }
}

it('X20: a payment with an identifier is taken once, and answered again from its record', async () => {
  const { sign, send } = shop('/identified/once')
  const header = await sign(ID)
  const before = await stack.chain.balanceOf(stack.gateway.payTo.base)
  for (const _ of [1, 2]) {
    const response = await send(header)
    expect([response.status, await response.text()]).toEqual([200, '1'])
  }
  expect(await stack.chain.balanceOf(stack.gateway.payTo.base)).toBe(before + 10_000n)
})

it.each([undefined, 'short', 'x'.repeat(129), 'p01a2b3c4d5e6f708 92a3b4c5d6e7f80'])(
  'X20, X21: without an identifier of the documented shape (%s) it is answered with 400, and nothing moves',
  async (id) => {
    const { sign, send } = shop(`/identified/without/${String(id).length}`)
    const before = await stack.chain.balanceOf(stack.gateway.payTo.base)
    const response = await send(await sign(id))
    expect(response.status).toBe(400)
    expect(challengeOf(response)).toMatchObject({ error: 'payment_identifier_required' })
    expect(await stack.chain.balanceOf(stack.gateway.payTo.base)).toBe(before)
  }
)

it('X20: another payment of the same identifier is answered with 409, and nothing moves', async () => {
  const { sign, send } = shop('/identified/twice')
  const [first, second] = [await sign(ID), await sign(ID)]
  expect((await send(first)).status).toBe(200)
  const before = await stack.chain.balanceOf(stack.gateway.payTo.base)
  const response = await send(second)
  expect(response.status).toBe(409)
  expect(challengeOf(response)).toMatchObject({ error: 'payment_identifier_conflict' })
  expect(await stack.chain.balanceOf(stack.gateway.payTo.base)).toBe(before)
})

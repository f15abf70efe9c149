import { describe, expect, it } from 'vitest'
import { paying } from '../../test/paying.js'
import { challenge, serve, settle } from '../../test/scripted-server.js'

/** How many payments a client signs that asks three times for what a server charges for and fails with a status. */
async function paymentsFor(status: number, headers: HeadersInit = {}): Promise<number> {
  const server = await serve((arrival, response) =>
    arrival.payment ? settle(response, 'no', status) : challenge(response)
  )
  const { bursar, payer } = paying()
  for (let call = 0; call < 3; call++) {
    const answer = await bursar.fetch(server.url, { headers })
    expect(answer.status).toBe(status)
    await answer.text()
  }
  return payer.signed.length
}

describe('a failure that was paid', () => {
  it.each([
    300, 304, 305, 401, 403, 407, 408, 409, 410, 412, 413, 415, 418, 421, 422, 423, 424, 425, 429, 451, 499
  ])('is paid once where it is %i, which some client repeats by itself', async (status) =>
    expect(await paymentsFor(status)).toBe(1)
  )

  it.each([400, 404, 405, 406])(
    'is an answer where it is %i, which no client repeats: the same call again is another purchase',
    async (status) => expect(await paymentsFor(status)).toBe(3)
  )

  it.each([304, 412])('is an answer where it is %i, and the request has set the condition', async (status) =>
    expect(await paymentsFor(status, { 'If-None-Match': '"v1"' })).toBe(3)
  )
})

it('a call that is refused for its key has what it paid for with another key', async () => {
  const server = await serve(({ payment, headers }, response) => {
    if (!payment) return challenge(response)
    return headers.authorization === 'Bearer right' ? settle(response) : settle(response, 'no', 401)
  })
  const { bursar, payer } = paying()
  const by = (key: string) => bursar.fetch(server.url, { headers: { Authorization: `Bearer ${key}` } })
  expect((await by('wrong')).status).toBe(401)
  expect(await (await by('right')).text()).toBe('paid')
  expect(payer.signed).toHaveLength(1)
})

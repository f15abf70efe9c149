import { expect, it } from 'vitest'
import { newProxy, TOKEN } from '../test/new-proxy.js'

const OPERATOR = 'the-token-of-the-operator'

it('P67: tells the operator what each agent has left, and counts requests', async () => {
  const { proxy, post } = await newProxy({
    operatorToken: OPERATOR,
    agents: [
      { name: 'one', token: TOKEN, limits: { day: '0.50' } },
      { name: 'two', token: `${TOKEN}-2` }
    ]
  })
  expect(await (await fetch(`${proxy.url}/health`)).json()).toEqual({ ok: true })
  expect((await post('/v1/nowhere', {})).status).toBe(404)
  const headers = { authorization: `Bearer ${OPERATOR}` }
  const health = await (await fetch(`${proxy.url}/health`, { headers })).json()
  expect(health).toMatchObject({
    ok: true,
    frozen: null,
    agents: [
      {
        name: 'one',
        limits: [
          { name: 'day', left: '1' },
          { name: 'perLabel agent day', left: '0.5' }
        ]
      },
      { name: 'two', limits: [{ name: 'day', left: '1' }] }
    ]
  })
  const metrics = await (await fetch(`${proxy.url}/metrics`, { headers })).text()
  expect(metrics).toMatch(/^bursar_requests_total\{agent="one",status="404"\} 1$/m)
  expect(JSON.stringify(health) + metrics).not.toContain(TOKEN)
  expect(metrics).not.toContain(OPERATOR)
})

it('starts with no token of the operator that is short, or an agent’s', async () => {
  await expect(newProxy({ operatorToken: 'short' })).rejects.toThrow(/operatorToken is shorter than 16/)
  await expect(newProxy({ operatorToken: TOKEN })).rejects.toThrow(/operatorToken is the token of an agent/)
})

it('tells the operator what is left of the limits that hold now', async () => {
  const settings = { limits: { payment: '0.25', day: '1' } }
  const { proxy } = await newProxy({ operatorToken: OPERATOR, currentPolicy: () => settings })
  const dayOf = async () => {
    const headers = { authorization: `Bearer ${OPERATOR}` }
    const { agents } = await (await fetch(`${proxy.url}/health`, { headers })).json()
    return agents[0].limits
  }
  expect(await dayOf()).toMatchObject([{ name: 'day', limit: '1', left: '1' }])
  settings.limits = { payment: '0.25', day: '0.40' }
  expect(await dayOf()).toMatchObject([{ name: 'day', limit: '0.4', left: '0.4' }])
})

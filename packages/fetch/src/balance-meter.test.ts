import { atomicUsdc, BASE, BASE_SEPOLIA, type NetworkId, partsOf } from '@bursar/core'
import { expect, it } from 'vitest'
import { paying } from '../test/paying.js'

it('P47: a call that a balance of test money pays for is test money, held to budgets of its own', async () => {
  const { bursar } = paying({ limits: { payment: '0.05', perLabel: { agent: { day: '0.01' } } } })
  const spend = async (network: NetworkId): Promise<void> => {
    const url = new URL('https://api.example/v1/chat')
    const call = { method: 'POST', url, maxCost: atomicUsdc(10_000n), labels: { agent: 'a' } }
    const opened = await partsOf(bursar).createBalanceMeter(network).open(call)
    await opened.settle({ cost: atomicUsdc(10_000n) })
  }
  await spend(BASE_SEPOLIA)
  await spend(BASE)
  for (const network of [BASE, BASE_SEPOLIA])
    await expect(spend(network)).rejects.toMatchObject({ code: 'offer/over-limit' })
  const kinds: unknown[] = []
  for await (const { offer } of bursar.history()) kinds.push([offer.network, offer.isTest])
  expect(kinds).toEqual([
    [`balance:${BASE}`, undefined],
    [`balance:${BASE_SEPOLIA}`, true]
  ])
})

it('a balance pays for no call to a host that may not be paid, which is not entered', async () => {
  const { bursar } = paying({ allow: { hosts: ['allowed.example'] } })
  const meter = partsOf(bursar).createBalanceMeter(BASE)
  const callTo = (host: string) => ({
    method: 'POST',
    url: new URL(`https://${host}/v1/chat`),
    maxCost: atomicUsdc(1n),
    labels: {}
  })
  const refused = { code: 'request/host-refused', moneyState: 'none' }
  await expect(meter.open(callTo('other.example'))).rejects.toMatchObject(refused)
  expect(() => meter.assertWithinLimit(callTo('other.example'))).toThrow(expect.objectContaining(refused))
  await (await meter.open(callTo('allowed.example'))).settle()
  const hosts: unknown[] = []
  for await (const { offer } of bursar.history()) hosts.push(offer.payTo)
  expect(hosts).toEqual(['allowed.example'])
})

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

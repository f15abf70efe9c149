import { BASE } from '@bursar/core'
import type { BursarEvent } from '@bursar/fetch'
import { expect, it } from 'vitest'
import { notificationOfEvent } from './notify-of-calls.js'

const low: BursarEvent = {
  ...{ type: 'balance-low', atMs: 7_200_001, network: BASE, account: '0xa' },
  ...{ amount: '0.42', symbol: 'USDC', below: '5' }
}

it('tells a wallet that fell too low: whose, what is left, and below what; no agent, since all spend from it', () => {
  expect(notificationOfEvent(low, 'research')).toEqual({
    type: 'balance.low',
    id: `low_${BASE}_0xa_wallet_0.42_2`,
    atMs: 7_200_001,
    data: { network: BASE, account: '0xa', amount: '0.42', asset: 'USDC', below: '5' }
  })
})

it('tells one fall that two processes saw under one id, and that of a service or of another amount under another', () => {
  const id = (event: Partial<BursarEvent>) => notificationOfEvent({ ...low, ...event })?.id
  expect(id({ atMs: 7_300_000 })).toBe(id({}))
  expect(new Set([id({}), id({ host: 'shop.example' }), id({ amount: '0.4' }), id({ atMs: 0 })]).size).toBe(4)
})

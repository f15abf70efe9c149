import { atomicUsdc } from '@bursar/core'
import { memoryLedger } from '@bursar/ledger'
import { expect, it } from 'vitest'
import { createAccountMeter } from './account-meter.js'
import { readSpending } from './spending.js'

it('says what is gone and what is left of each limit, for all and for a label, and takes nothing', async () => {
  const ledger = memoryLedger()
  const limits = {
    payment: '1',
    day: '2',
    total: '0.5',
    perHost: { day: '1' },
    perLabel: { agent: { day: '1' }, team: { day: '1' } }
  }
  const meter = createAccountMeter({ ledger, limits: { payment: '1' } })
  const url = new URL('https://api.example/')
  const most = atomicUsdc(600_000n)
  await (await meter.open({ method: 'GET', url, maxCost: most, labels: { agent: 'a' } })).settle()
  await (await meter.open({ method: 'GET', url, maxCost: most, labels: { agent: 'b' } })).release()
  for (const _ of [1, 2])
    expect(await readSpending(ledger, limits, { labels: { agent: 'a' } })).toEqual([
      { name: 'day', limit: 2_000_000n, used: 600_000n, left: 1_400_000n },
      { name: 'total', limit: 500_000n, used: 600_000n, left: 0n },
      { name: 'perLabel agent day', limit: 1_000_000n, used: 600_000n, left: 400_000n }
    ])
  expect(await readSpending(ledger, limits, { labels: { agent: 'b' } })).toContainEqual({
    name: 'perLabel agent day',
    limit: 1_000_000n,
    used: 0n,
    left: 1_000_000n
  })
  expect(await readSpending(ledger, { payment: '1' })).toEqual([])
  const ofHosts = { payment: '1', perHost: { day: '1' }, hosts: { 'API.example': { total: '0.7' } } }
  expect(await readSpending(ledger, ofHosts, { hosts: ['api.example'] })).toEqual([
    { name: 'perHost day', limit: 1_000_000n, used: 600_000n, left: 400_000n },
    { name: 'hosts api.example total', limit: 700_000n, used: 600_000n, left: 100_000n }
  ])
})

import { memoryLedger } from '@bursar/ledger'
import { expect, it, onTestFinished } from 'vitest'
import { CostObserver } from './cost-observer.js'
import { CostTally } from './cost-tally.js'

it.each([
  [true, 'test'],
  [undefined, 'payment']
] as const)('counts a purchase of which isTest is %s as %s', async (isTest, kind) => {
  const ledger = memoryLedger()
  onTestFinished(() => ledger.close())
  const purchase = { id: 'p1', kind: 'payment', labels: {}, offer: { cost: 50_000n, isTest }, state: 'sent' }
  const observer = new CostObserver()
  const observed = observer.observe({
    ...ledger,
    resume: async () => ({ kind: 'resumed', purchase }) as never,
    recordEvent: async () => purchase as never
  })
  const tally = new CostTally()
  await observer.run(tally, async () => {
    await observed.resume({} as never)
    await observed.recordEvent('p1', { type: 'settled' } as never)
  })
  expect(tally.cost).toEqual({ amount: '0.05', source: kind })
})

import { expect, it } from 'vitest'
import { CostTally, costHeaders } from './cost-tally.js'

it('adds test money to no money, and names it where nothing else was paid', () => {
  const tally = new CostTally()
  tally.add('test', 50_000n)
  expect(costHeaders(tally)).toEqual({ 'x-bursar-cost': '0.05', 'x-bursar-paid-from': 'test' })
  tally.add('payment', 10_000n)
  expect(tally.cost).toEqual({ amount: '0.01', source: 'payment' })
  expect(tally.spending).toMatchObject({ payment: '0.01', test: '0.05', balance: '0' })
})

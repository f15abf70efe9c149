import { BursarError, CostTally } from '@bursar/core'
import { expect, it } from 'vitest'
import { paidFailure } from './paid-failure.js'

const failed = new BursarError('service/answer-malformed', {
  message: 'The answer cannot be read.',
  context: { service: 'katana', operation: 'images.generate' },
  moneyState: 'none'
})

it('C5: says of what may have been charged that it is counted, and not that it was paid', () => {
  const tally = new CostTally()
  tally.add('balance', 20_000n)
  const lost = new BursarError('service/unreachable', {
    message: 'Whether it was charged is not known.',
    context: { service: 'katana', operation: 'chat' },
    moneyState: 'unknown'
  })
  expect(paidFailure(lost, tally)).toMatchObject({
    status: 400,
    message: 'Whether it was charged is not known. (0.02 USDC is counted as its cost.)',
    moneyState: 'unknown'
  })
})

it.each([
  ['payment', '0.02 USDC'],
  ['balance', '0.02 USDC'],
  ['account', '$0.02'],
  ['test', '0.02 USDC of a test network']
] as const)(
  'C5: a failure that cost something from %s is told with 400 and says that %s was paid',
  (source, words) => {
    const tally = new CostTally()
    tally.add(source, 20_000n)
    expect(paidFailure(failed, tally)).toMatchObject({
      status: 400,
      message: expect.stringContaining(`(${words} was paid for this request.)`),
      moneyState: 'settled'
    })
  }
)

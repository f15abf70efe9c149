import { describe, expect, it } from 'vitest'
import { billed, payment, settledChange } from '../../test/settled-change.js'
import { SettledSum } from './settled-sum.js'

const atMs = 0

describe('what settles while the record is watched is summed', () => {
  it('as nothing, where nothing did', () => {
    const sum = new SettledSum()
    sum.add({ type: 'frozen', atMs, reason: 'the key may be known', by: 'me' })
    sum.add(settledChange(payment, { was: 'settled', state: 'undelivered' }))
    expect(sum.line()).toBe('Nothing settled while this watched.\n')
  })

  it('as one purchase', () => {
    const sum = new SettledSum()
    sum.add(settledChange())
    expect(sum.line()).toBe('Settled while this watched: 1 purchase, 0.01 USD paid.\n')
  })

  it('by what pays: the wallet, an account, and test money apart', () => {
    const sum = new SettledSum()
    const test = { ...payment, offer: { ...payment.offer, isTest: true } } as const
    for (const purchase of [payment, payment, test, billed]) sum.add(settledChange(purchase))
    expect(sum.line()).toBe(
      'Settled while this watched: 4 purchases, 0.02 USD paid, 0.01 USD of test money, 0.02 USD from accounts.\n'
    )
  })
})

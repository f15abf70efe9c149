import { atomicUsdc, type Purchase } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { settledChange } from '../../test/settled-change.js'
import { SettledSum } from './settled-sum.js'

const atMs = 0
const { purchase: paid } = settledChange()

describe('what settles while the record is watched is summed', () => {
  it('as nothing, where nothing did', () => {
    const sum = new SettledSum()
    sum.add({ type: 'frozen', atMs, reason: 'the key may be known', by: 'me' })
    sum.add(settledChange({}, { was: 'settled', state: 'undelivered' }))
    expect(sum.line()).toBe('Nothing settled while this watched.\n')
  })

  it('as one purchase', () => {
    const sum = new SettledSum()
    sum.add(settledChange())
    expect(sum.line()).toBe('Settled while this watched: 1 purchase, 0.01 USD paid.\n')
  })

  it('by what pays: the wallet, an account, a prepaid balance, and test money apart', () => {
    const sum = new SettledSum()
    const cost = atomicUsdc(20_000n)
    const test = { ...paid, offer: { ...paid.offer, isTest: true } } as Purchase
    const billed = {
      ...paid,
      kind: 'account',
      offer: { dialect: 'account', network: 'account:usd', cost }
    } as Purchase
    for (const purchase of [paid, paid, test, billed]) sum.add({ ...settledChange(), purchase })
    expect(sum.line()).toBe(
      'Settled while this watched: 4 purchases, 0.02 USD paid, 0.01 USD of test money, 0.02 USD from accounts.\n'
    )
  })
})

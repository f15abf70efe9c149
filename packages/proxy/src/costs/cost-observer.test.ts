import { CostTally, type PurchaseEvent } from '@bursar/core'
import { memoryLedger } from '@bursar/ledger'
import { describe, expect, it, onTestFinished } from 'vitest'
import { CostObserver } from './cost-observer.js'

/** A ledger that takes everything, observed. */
function observed() {
  const ledger = memoryLedger()
  onTestFinished(() => ledger.close())
  const observer = new CostObserver()
  const { reserve, resume, recordEvent } = observer.observe({
    ...ledger,
    reserve: async (reservation) => reservation as never,
    resume: async (query) => query as never,
    recordEvent: async () => undefined as never
  })
  const purchase = (id: string, of: object = {}) => ({
    id,
    kind: 'payment',
    labels: {},
    offer: { cost: 50_000n },
    state: 'sent',
    ...of
  })
  return {
    observer,
    buy: (id: string, of?: object) => reserve(purchase(id, of) as never),
    carryOn: (id: string, of?: object) => resume({ kind: 'resumed', purchase: purchase(id, of) } as never),
    record: (id: string, event: Partial<PurchaseEvent>) => recordEvent(id, event as never)
  }
}

describe('what a call costs', () => {
  it('is told to the call that said the purchase was its own, of calls that run at once', async () => {
    const { observer, buy, record } = observed()
    const [one, two] = [new CostTally(), new CostTally()]
    await buy('p1')
    await buy('p2', { kind: 'account' })
    observer.addTo(two)('p2')
    observer.addTo(one)('p1')
    await record('p2', { type: 'settled', cost: 10n } as never)
    await record('p1', { type: 'settled' })
    expect([one.cost, two.cost]).toEqual([
      { amount: '0.05', source: 'payment' },
      { amount: '0.00001', source: 'account' }
    ])
    expect(observer.spending).toMatchObject({ payment: '0.05', account: '0.00001' })
  })

  it('is what is entered after the call has ended, and is put right by what is corrected', async () => {
    const { observer, buy, record } = observed()
    const tally = new CostTally()
    await buy('p1', { kind: 'balance' })
    observer.addTo(tally)('p1')
    expect(tally.cost).toBeUndefined()
    await record('p1', { type: 'settled' })
    await record('p1', { type: 'corrected', cost: 20_000n } as never)
    expect(tally.cost).toEqual({ amount: '0.02', source: 'balance' })
  })

  it('is counted once where it says a purchase twice', async () => {
    const { observer, buy, record } = observed()
    const tally = new CostTally()
    await buy('p1')
    observer.addTo(tally)('p1')
    observer.addTo(tally)('p1')
    await record('p1', { type: 'settled' })
    expect([tally.cost?.amount, observer.spending.payment]).toEqual(['0.05', '0.05'])
  })

  it('is counted once where two calls carry a payment on, and one looked before the end that the other wrote', async () => {
    const { observer, carryOn, record } = observed()
    const [one, two] = [new CostTally(), new CostTally()]
    await carryOn('p1')
    observer.addTo(one)('p1')
    await record('p1', { type: 'settled' })
    await carryOn('p1')
    observer.addTo(two)('p1')
    await record('p1', { type: 'settled' })
    expect([one.cost?.amount, two.cost?.amount, observer.spending.payment]).toEqual(['0.05', '0.05', '0.05'])
  })

  it('is that of the payment that it carries on, also of one that was settled before, which is paid once', async () => {
    const { observer, carryOn, record } = observed()
    const [one, two, three] = [new CostTally(), new CostTally(), new CostTally()]
    const before: string[] = []
    await carryOn('p1')
    observer.addTo(one, () => before.push('one'))('p1')
    await record('p1', { type: 'settled' })
    for (const tally of [two, two]) {
      await carryOn('p1', { state: 'settled' })
      observer.addTo(tally, () => before.push('two'))('p1')
    }
    await carryOn('p2', { state: 'settled' })
    observer.addTo(three, () => before.push('three'))('p2')
    expect([one, two, three].map(({ cost }) => cost?.amount)).toEqual(['0.05', '0.05', '0.05'])
    expect(before).toEqual(['two', 'three'])
    // What another run of the proxy has paid is not in the sum of this one.
    expect(observer.spending.payment).toBe('0.05')
  })

  it('has no part in a top-up, which is told with all that is spent', async () => {
    const { observer, buy, record } = observed()
    await buy('p1', { labels: { 'top-up': 'katana' } })
    await record('p1', { type: 'settled' })
    expect(observer.spending).toMatchObject({ payment: '0', topUp: '0.05' })
  })

  it('is test money where that paid', async () => {
    const { observer, buy, record } = observed()
    const tally = new CostTally()
    await buy('p1', { offer: { cost: 50_000n, isTest: true } })
    observer.addTo(tally)('p1')
    await record('p1', { type: 'settled' })
    expect(tally.cost).toEqual({ amount: '0.05', source: 'test' })
  })
})

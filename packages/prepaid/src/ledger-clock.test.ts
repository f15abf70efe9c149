import { systemClock } from '@bursar/core'
import { memoryLedger } from '@bursar/ledger'
import { describe, expect, it } from 'vitest'
import { openShop } from '../test/prepaid-shop.js'

const SKEW_MS = 600_000

/** A process whose clock is off, on a ledger that goes by another clock, as one in PostgreSQL goes by the database's. */
const offBy = (ms: number) => ({ clock: { ...systemClock, nowMs: () => Date.now() + ms } })

describe('a rule of a process whose clock is not that of its ledger', () => {
  it('keeps its cooldown, as the ledger’s clock measures it', async () => {
    const rule = { amount: '1', perDay: '5', creditWaitMs: 1_500, cooldownMs: 60_000 }
    const { call, payer } = await openShop({ topUp: rule, paying: offBy(SKEW_MS) })
    expect(await call()).toEqual({ said: 'hello' })
    await expect(call()).rejects.toMatchObject({
      context: { reason: 'the last top-up was less than 60000 ms ago' }
    })
    expect(payer.signed).toHaveLength(1)
  })

  it('tops up again once its cooldown is over, as the ledger’s clock measures it', async () => {
    const rule = { amount: '1', perDay: '5', creditWaitMs: 1_500, cooldownMs: 20 }
    const { call, payer } = await openShop({ topUp: rule, paying: offBy(-SKEW_MS) })
    expect(await call()).toEqual({ said: 'hello' })
    await systemClock.sleep(30)
    expect(await call()).toEqual({ said: 'hello' })
    expect(payer.signed).toHaveLength(2)
  })

  it.each([-SKEW_MS, 0, SKEW_MS])(
    'waits for a credit that comes late, with a clock %s ms ahead',
    async (ms) => {
      const rule = { amount: '1', perDay: '5', creditWaitMs: 30_000 }
      const { server, payer, call } = await openShop({ topUp: rule, paying: offBy(ms) })
      server.behaviour.dates = true
      server.credit(payer.wallet, '0.001', 'a gift')
      const credit = server.credit.bind(server)
      server.credit = (...credited) => void setTimeout(() => credit(...credited), 600)
      expect(await call()).toEqual({ said: 'hello' })
      expect(payer.signed).toHaveLength(1)
    }
  )

  it('shares a top-up with another process whose clock is right', async () => {
    const rule = { amount: '1', perDay: '5', creditWaitMs: 10_000 }
    const ledger = memoryLedger()
    const first = await openShop({ topUp: rule, ledger })
    first.server.behaviour.price = '0.2'
    const { chain, server } = first
    const second = await openShop({ topUp: rule, ledger, chain, server, paying: offBy(SKEW_MS) })
    const answers = await Promise.all([first.call(), second.call(), first.call(), second.call()])
    expect(answers).toHaveLength(4)
    expect(first.payer.signed.length + second.payer.signed.length).toBe(1)
  })
})

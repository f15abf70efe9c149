import { systemClock } from '@bursar/core'
import { memoryLedger } from '@bursar/ledger'
import { describe, expect, it } from 'vitest'
import { openShop } from '../test/prepaid-shop.js'
import type { TopUpRule } from './top-up-rule.js'

const topUp = { amount: '1', perDay: '20', cooldownMs: 0, creditWaitMs: 300 }
const DAY_MS = 86_400_000

/** A service without receipts, on a chain that names no transactions; the rule's next top-up comes at a time that is set. */
async function openSilent(rule: TopUpRule = topUp) {
  let aheadMs = 0
  const clock = { ...systemClock, nowMs: () => Date.now() + aheadMs }
  const shop = await openShop({ topUp: rule, ledger: memoryLedger({ clock }), paying: { clock } })
  shop.server.behaviour.receipts = false
  shop.chain.names = false
  const later = (ms: number): void => {
    aheadMs += ms
  }
  return { ...shop, later }
}

describe('a top-up without a receipt, of which the chain names no transaction,', () => {
  it('M25: at a service that credits nothing is the only one of a day, though something is on the balance', async () => {
    const { call, server, payer, later } = await openSilent()
    server.movements.push({ wallet: payer.wallet, type: 'top-up', amount: '0.02' })
    server.behaviour.credits = false
    // The call that it was paid for is not served: of that, money is out.
    await expect(call()).rejects.toMatchObject({ code: 'balance/insufficient', moneyState: 'settled' })
    for (let count = 0; count < 3; count++)
      await expect(call()).rejects.toMatchObject({
        code: 'balance/insufficient',
        moneyState: 'none',
        context: {
          reason: expect.stringMatching(/1 USDC before was paid \(purchase .+nothing shows .+ from 2/)
        }
      })
    later(DAY_MS - 60_000)
    await expect(call()).rejects.toMatchObject({ moneyState: 'none' })
    expect(payer.signed).toHaveLength(1)
    later(60_000)
    await expect(call()).rejects.toMatchObject({ moneyState: 'settled' })
    await expect(call()).rejects.toMatchObject({ moneyState: 'none' })
    expect(payer.signed).toHaveLength(2)
  })

  it('serves its call, and lets the next be made a day later, where nothing can tell what was credited', async () => {
    const { call, server, payer, balance, later } = await openSilent()
    expect(await call()).toEqual({ said: 'hello' })
    await expect(call()).rejects.toMatchObject({ code: 'balance/insufficient', moneyState: 'none' })
    // A person may say otherwise.
    await balance.topUp('0.8')
    expect(await call()).toEqual({ said: 'hello' })
    expect(server.balanceOf(payer.wallet)).toBe(0n)
    later(DAY_MS)
    expect(await call()).toEqual({ said: 'hello' })
    expect(payer.signed).toHaveLength(3)
  })

  it('is known by its entry in the list of the service, and the next is made at once', async () => {
    const { call, server, payer } = await openSilent()
    server.behaviour.dates = true
    for (let count = 0; count < 4; count++) expect(await call()).toEqual({ said: 'hello' })
    expect(payer.signed).toHaveLength(4)
  })

  it('is not known by the entry of another top-up of the same amount', async () => {
    const { call, chain, server, payer, balance } = await openSilent()
    server.behaviour.dates = true
    server.behaviour.credits = false
    await expect(call()).rejects.toMatchObject({ code: 'balance/credit-delayed' })
    server.behaviour.credits = true
    for (const receipts of [true, false]) {
      server.behaviour.receipts = receipts
      await balance.topUp('1')
    }
    server.behaviour.price = '3'
    await expect(call()).rejects.toMatchObject({ code: 'balance/insufficient', moneyState: 'none' })
    expect([payer.signed.length, chain.settled.size]).toEqual([3, 3])
    // What is credited late tells.
    server.credit(payer.wallet, '1', 'tx unknown')
    server.behaviour.price = '4'
    expect(await call()).toEqual({ said: 'hello' })
    expect(payer.signed).toHaveLength(4)
  })

  it('does not fail a call that the balance can pay, where the rule would top up ahead of it', async () => {
    const { call, server, payer, later } = await openSilent({ ...topUp, below: '0.5' })
    expect(await call()).toEqual({ said: 'hello' })
    server.behaviour.price = '0.05'
    later(600_000)
    expect(await call()).toEqual({ said: 'hello' })
    expect(server.arrivals.slice(-3).map((arrival) => arrival.split('/')[1])).toContain('movements')
    expect(payer.signed).toHaveLength(1)
  })
})

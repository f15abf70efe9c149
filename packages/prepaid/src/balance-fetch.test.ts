import { describe, expect, it } from 'vitest'
import { openShop } from '../test/prepaid-shop.js'

const topUp = { amount: '1', perDay: '5', cooldownMs: 0 }

describe('a call that is paid from the balance', () => {
  it('is answered, and pays nothing by itself', async () => {
    const { balance, call, payer, server } = await openShop()
    await balance.topUp('1')
    expect(await call()).toEqual({ said: 'hello' })
    expect([payer.signed.length, server.count('debit')]).toEqual([1, 1])
  })

  it('that falls short without a rule is rejected, and is never paid as the price of a call', async () => {
    const { call, payer } = await openShop()
    await expect(call()).rejects.toMatchObject({
      code: 'balance/insufficient',
      moneyState: 'none',
      context: { missing: '0.9', reason: 'no rule allows it' }
    })
    expect(payer.signed).toEqual([])
  })

  it('that caused a top-up and still falls short causes no other, and says that it was paid', async () => {
    const { call, payer, server } = await openShop({ topUp })
    Object.assign(server.behaviour, { price: '1.5', isExact: false })
    await expect(call()).rejects.toMatchObject({
      code: 'balance/insufficient',
      moneyState: 'settled',
      message: expect.stringMatching(/topped up is on the balance; the call was not charged\.$/)
    })
    expect(payer.signed).toHaveLength(1)
  })

  it('that lacks exactly more than a top-up brings causes none', async () => {
    const { call, payer, server } = await openShop({ topUp })
    server.behaviour.price = '1.5'
    await expect(call()).rejects.toMatchObject({ context: { missing: '1.5' } })
    expect(payer.signed).toEqual([])
  })

  it('waits for the top-up of another call, and may cause one after it', async () => {
    const { call, payer, server } = await openShop({ topUp: { ...topUp, perDay: '20' } })
    expect(await Promise.all([call(), call(), call()])).toHaveLength(3)
    expect([payer.signed.length, server.count('debit')]).toEqual([3, 3])
  })

  it('M18: whose answer is lost is sent once, and is reported as not known', async () => {
    const { balance, call, server } = await openShop()
    await balance.topUp('1.9')
    server.behaviour.losesCalls = 1
    await expect(call()).rejects.toMatchObject({ code: 'service/unreachable', moneyState: 'unknown' })
    expect(server.count('debit')).toBe(1)
  })

  it('that is answered with a redirect goes nowhere else, and neither does its proof', async () => {
    const { balance, server } = await openShop()
    await expect(balance.fetch(`${server.url}/elsewhere`)).rejects.toMatchObject({
      code: 'service/refused',
      moneyState: 'unknown'
    })
    await expect(balance.fetch('http://127.0.0.1:1/call')).rejects.toThrow('Another origin')
  })

  it('that is aborted says so with the abort itself', async () => {
    const { balance, server } = await openShop()
    const signal = AbortSignal.abort(new DOMException('enough', 'AbortError'))
    await expect(balance.fetch(`${server.url}/call`, { signal })).rejects.toHaveProperty('name', 'AbortError')
  })

  it('that is aborted while it is topped up for was not charged, and is not sent after that', async () => {
    const { balance, call, payer, server } = await openShop({ topUp })
    server.behaviour.credits = false
    const heard: boolean[] = []
    const controller = new AbortController()
    const given = balance.fetch(`${server.url}/call`, { signal: controller.signal }, (may) => heard.push(may))
    await expect.poll(() => payer.settledCount).toBe(1)
    controller.abort(new Error('changed my mind'))
    await expect(given).rejects.toThrow('changed my mind')
    const transaction = `tx ${payer.wallet}-1`
    server.movements.push({ wallet: payer.wallet, type: 'top-up', amount: '1', transaction })
    expect(await call()).toEqual({ said: 'hello' })
    expect(heard).toEqual([false, true, false])
    expect(server.count('debit')).toBe(1)
  })

  it('can be sent again after a top-up, its body the same', async () => {
    const { balance, server } = await openShop({ topUp })
    const response = await balance.fetch(`${server.url}/call`, { method: 'POST', body: 'once' })
    expect(response.status).toBe(200)
    expect(server.arrivals.filter((arrival) => arrival === 'POST /call')).toHaveLength(2)
  })
})

describe('a rule that tops up ahead', () => {
  it('does so before the call, when the balance is below its floor', async () => {
    const { balance, call, server } = await openShop({ topUp: { ...topUp, below: '1' } })
    await balance.topUp('0.95')
    await call()
    expect(server.count('top-up')).toBe(2)
    expect(await balance.balance()).toBe(1_050_000n)
  })

  it('is said to be paid where the call falls short all the same, and is not topped up again', async () => {
    const rule = { ...topUp, below: '1', cooldownMs: 600_000 }
    const { balance, call, payer, server } = await openShop({ topUp: rule })
    await balance.topUp('0.05')
    server.behaviour.price = '1.9'
    server.behaviour.isExact = false
    await expect(call()).rejects.toMatchObject({
      code: 'balance/insufficient',
      moneyState: 'settled',
      context: { reason: 'the last top-up was less than 600000 ms ago' },
      message: expect.stringMatching(/not topped up again: .*topped up is on the balance; the call was not/)
    })
    expect(payer.signed).toHaveLength(2)
  })

  it('lets a call through for which what is there suffices', async () => {
    const { balance, call, payer } = await openShop({ topUp: { ...topUp, perDay: '0.1', below: '1' } })
    await balance.topUp('0.95')
    expect(await call()).toEqual({ said: 'hello' })
    expect(payer.signed).toHaveLength(1)
  })
})

import { bursarParts, RESERVED_NAMES } from '@bursar/core'
import { memoryLedger } from '@bursar/ledger'
import { describe, expect, it } from 'vitest'
import { PrepaidServer } from '../test/prepaid-server.js'
import { listOf, openShop } from '../test/prepaid-shop.js'
import { TestChain } from '../test/test-chain.js'

const topUp = { amount: '1', perDay: '5', cooldownMs: 0, creditWaitMs: 60_000 }
const insufficient = { code: 'balance/insufficient', moneyState: 'none' }

/** Two wallets, or two processes of one, on one ledger, one chain and one service. */
async function openTwo(rule = topUp, addresses = ['0xaaaa', '0xaaaa']) {
  const chain = new TestChain()
  const server = await new PrepaidServer(chain).start()
  const ledger = memoryLedger()
  const shared = { chain, server, ledger, topUp: rule }
  const [one, two] = await Promise.all(addresses.map((address) => openShop({ ...shared, address })))
  if (!one || !two) throw new TypeError('There are two')
  return { one, two, server, ledger }
}

describe('a rule', () => {
  it('tops up for the call that falls short, once, and the call is answered', async () => {
    const { call, payer, server } = await openShop({ topUp })
    expect(await call()).toEqual({ said: 'hello' })
    expect([payer.settledCount, server.count('top-up'), server.count('debit')]).toEqual([1, 1, 1])
  })

  it('lets twenty calls at once on an empty balance share one top-up', async () => {
    const { call, payer, server } = await openShop({ topUp })
    server.behaviour.price = '0.05'
    expect(await Promise.all(Array.from({ length: 20 }, call))).toHaveLength(20)
    expect(payer.settledCount).toBe(1)
  })

  it('lets two processes on one ledger make one top-up', async () => {
    const { one, two, server } = await openTwo()
    server.behaviour.price = '0.1'
    expect(await Promise.all([one.call(), two.call(), one.call(), two.call()])).toHaveLength(4)
    expect(server.count('top-up')).toBe(1)
  })

  it('holds its day: the top-up that would pass it is not made, and nothing is signed', async () => {
    const { call, payer } = await openShop({ topUp: { ...topUp, perDay: '2' } })
    await call()
    await expect(call()).rejects.toMatchObject({
      ...insufficient,
      context: { reason: expect.stringContaining('"topUp perDay" allows 2 USDC, of which 1.004 is used') }
    })
    expect(payer.signed).toHaveLength(1)
  })

  it('holds its total', async () => {
    const { call, payer } = await openShop({ topUp: { ...topUp, total: '1.5' } })
    await call()
    await expect(call()).rejects.toMatchObject({
      ...insufficient,
      context: { reason: expect.stringContaining('"topUp total" allows 1.5 USDC') }
    })
    expect(payer.signed).toHaveLength(1)
  })

  it('waits for its cooldown between two top-ups', async () => {
    const { call, payer } = await openShop({ topUp: { ...topUp, cooldownMs: 60_000 } })
    await call()
    await expect(call()).rejects.toMatchObject({
      ...insufficient,
      context: { reason: 'the last top-up was less than 60000 ms ago' }
    })
    expect(payer.signed).toHaveLength(1)
  })

  it('tops up again as soon as the last top-up was credited, where no cooldown is asked for', async () => {
    const { cooldownMs: _, ...rule } = topUp
    const { call, payer } = await openShop({ topUp: rule })
    await call()
    await call()
    expect(payer.signed).toHaveLength(2)
  })

  it('counts the top-ups that were made by hand', async () => {
    const { balance, call } = await openShop({ topUp: { ...topUp, perDay: '1.5' } })
    await balance.topUp('0.6')
    await expect(call()).rejects.toMatchObject(insufficient)
  })

  it('does not hide that a limit of the bursar rejects its top-up', async () => {
    const { call } = await openShop({ topUp, limits: { payment: '2', day: '0.5' } })
    await expect(call()).rejects.toMatchObject({ code: 'offer/over-limit', context: { limit: 'day' } })
  })

  it.each([
    [{ amount: '1' }, 'topUp needs amount and perDay'],
    [{ perDay: '1' }, 'topUp needs amount and perDay'],
    [{ amount: '0', perDay: '1' }, 'topUp.amount must be above zero'],
    [{ amount: '1', perDay: '5', cooldownMs: -1 }, 'topUp.cooldownMs must be a whole number'],
    [{ amount: '1', perDay: '5', coolDownMs: 1 }, 'did you mean topUp.cooldownMs?'],
    [{ amount: 1, perDay: '5' }, 'topUp.amount must be decimal text'],
    [{ amount: '3', perDay: '5' }, 'limits allow no payment above 2']
  ])('P3, P25: %j is rejected when the balance is opened', async (rule, message) => {
    await expect(openShop({ topUp: rule as never })).rejects.toThrow(message)
  })
})

describe('M20: two wallets that share a ledger', () => {
  it('and fall short at the same moment are topped up within the rule of both together', async () => {
    const { one, two, server } = await openTwo({ ...topUp, perDay: '1.50' }, ['0xaaaa', '0xbbbb'])
    const ends = await Promise.allSettled([one.call(), two.call()])
    expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const [refused] = ends.filter((end) => end.status === 'rejected')
    expect(refused?.reason).toMatchObject(insufficient)
    expect(server.count('top-up')).toBe(1)
  })
})

describe('M25: a service that sends no receipt for a top-up', () => {
  it('is topped up as often as it is with receipts: the chain is asked about the one before', async () => {
    const { call, payer, server } = await openShop({ topUp: { ...topUp, perDay: '20' } })
    server.behaviour.receipts = false
    for (let count = 0; count < 4; count++) expect(await call()).toEqual({ said: 'hello' })
    expect([payer.settledCount, server.count('debit')]).toEqual([4, 4])
  })

  it('gets one top-up as long as the chain does not say that it has settled', async () => {
    const { call, chain, server, payer } = await openShop({ topUp: { ...topUp, creditWaitMs: 300 } })
    server.behaviour.receipts = false
    await call()
    chain.settled.clear()
    await expect(call()).rejects.toMatchObject(insufficient)
    expect(payer.signed).toHaveLength(1)
  })
})

describe('a credit', () => {
  it('that does not come is reported as money that is gone, and nothing more is paid', async () => {
    const { call, payer, server } = await openShop({ topUp: { ...topUp, creditWaitMs: 0 } })
    server.behaviour.credits = false
    for (let count = 0; count < 3; count++)
      await expect(call()).rejects.toMatchObject({ code: 'balance/credit-delayed', moneyState: 'settled' })
    expect(payer.signed).toHaveLength(1)
  })

  it('M40: that does not come is waited for no longer by a caller who gives up', async () => {
    const { balance, payer, server } = await openShop({ topUp: { ...topUp, creditWaitMs: 600_000 } })
    server.behaviour.credits = false
    const controller = new AbortController()
    const call = balance.fetch(`${server.url}/call`, { signal: controller.signal })
    await expect.poll(() => payer.settledCount).toBe(1)
    controller.abort(new Error('changed my mind'))
    await expect(call).rejects.toThrow('changed my mind')
    expect(payer.signed).toHaveLength(1)
  })

  it('that comes late is waited for', async () => {
    const { call, payer, server } = await openShop({ topUp })
    server.behaviour.credits = false
    const answer = call()
    await expect.poll(() => payer.settledCount).toBe(1)
    const transaction = `tx ${payer.wallet}-1`
    server.movements.push({ wallet: payer.wallet, type: 'top-up', amount: '1', transaction })
    expect(await answer).toEqual({ said: 'hello' })
    expect(payer.signed).toHaveLength(1)
  })
})

describe('a restart', () => {
  it('resumes the top-up whose answer was lost, and pays for no other', async () => {
    const { call, open, payer, server } = await openShop({ topUp })
    server.behaviour.loses = 1
    await expect(call()).rejects.toMatchObject({ moneyState: 'settled' })
    const again = await open().fetch(`${server.url}/call`)
    expect(await again.json()).toEqual({ said: 'hello' })
    expect([payer.signed.length, server.count('top-up')]).toEqual([1, 1])
  })

  it('goes on with the next name, in the same series', async () => {
    const { call, ledger, open, payer, server } = await openShop({ topUp })
    await call()
    await open().fetch(`${server.url}/call`)
    const names = (await listOf(ledger.history())).map(({ name }) => name)
    const series = `${RESERVED_NAMES}top-up ${server.url} eip155:8453 ${payer.wallet}`
    expect(names).toEqual([`${series} 2`, `${series} 1`])
  })
})

describe('M54: the name of a top-up', () => {
  it('is nobody’s to give', async () => {
    const { bursar, payer, server } = await openShop({ topUp })
    const purchase = `${RESERVED_NAMES}top-up ${server.url} eip155:8453 ${payer.wallet} 1`
    const taken = bursar.fetch(`${server.url}/top-up`, {
      method: 'POST',
      body: '{"amount":"0.01"}',
      bursar: { purchase }
    })
    await expect(taken).rejects.toThrow("are Bursar's own")
    expect(payer.signed).toEqual([])
  })

  it('that something else has all the same says nothing about the balance', async () => {
    const { bursar, call, payer, server } = await openShop({ topUp })
    const purchase = `${RESERVED_NAMES}top-up ${server.url} eip155:8453 ${payer.wallet} 1`
    await bursar[bursarParts]().pay(`${server.url}/top-up`, {
      method: 'POST',
      body: '{"amount":"0.01"}',
      bursar: { purchase }
    })
    expect(await call()).toEqual({ said: 'hello' })
    expect(server.movements.map(({ amount }) => amount)).toEqual(['0.01', '1', '0.9'])
  })
})

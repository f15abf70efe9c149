import { BASE } from '@bursar/core'
import { startGateway } from '@bursar/gateway'
import { memoryLedger } from '@bursar/ledger'
import { createBursar } from 'bursar'
import { createKatana } from 'bursar/katana'
import { describe, expect, it, onTestFinished } from 'vitest'
import { chat, list, type Shop, useBalanceShop } from './balance-shop.js'

const shop = useBalanceShop()
const { newShop, open, stack } = shop

describe('a top-up', () => {
  it('brings exactly what was asked for, and is reported by the service', async () => {
    const { address, katana } = await newShop()
    const before = await stack.chain.balanceOf(address)
    expect(await katana.balance.topUp('1.00')).toMatchObject({ credited: '1' })
    expect(await katana.balance.balance()).toBe(1_000_000n)
    expect(before - (await stack.chain.balanceOf(address))).toBe(1_003_938n)
    const movements: unknown[] = []
    for await (const movement of katana.balance.transactions()) movements.push(movement)
    expect(movements).toMatchObject([{ type: 'top_up', amount: '1' }])
  })

  it('is not paid when the offer is for something else', async () => {
    const { address, katana } = await newShop()
    shop.gateway.faults.next('price-above-quote', { leg: 'unpaid' })
    await expect(katana.balance.topUp('0.5')).rejects.toMatchObject({
      code: 'offer/none-usable',
      moneyState: 'none'
    })
    expect(await stack.chain.authorizationsUsed(address)).toEqual([])
  })

  it('counts against the limits like every other payment', async () => {
    const { katana } = await newShop({}, { limits: { payment: '0.25' } })
    await expect(katana.balance.topUp('1')).rejects.toMatchObject({ code: 'offer/over-limit' })
  })

  it.each(['0', '-1', '1.0000001', 'one'])('of %j is none', async (amount) => {
    const { katana } = await newShop()
    await expect(async () => katana.balance.topUp(amount)).rejects.toMatchObject({ code: 'amount/malformed' })
  })
})

describe('a call that is paid from the balance', () => {
  it('after one top-up costs what was used, and no payment is made', async () => {
    const { address, katana } = await newShop()
    await katana.balance.topUp('1')
    const reply = await katana.chat.completions.create(chat)
    expect(reply.choices[0]?.message.content).toBe('You asked: Hi')
    expect(await katana.balance.balance()).toBe(1_000_000n - 520n)
    expect(await stack.chain.authorizationsUsed(address)).toHaveLength(1)
  })

  it('peers defect 1: that falls short is never paid as the price of the call', async () => {
    const { address, katana } = await newShop({ billing: 'wallet' })
    await expect(katana.chat.completions.create(chat)).rejects.toMatchObject({
      code: 'balance/insufficient',
      moneyState: 'none',
      context: { missing: '0.052' }
    })
    expect(await stack.chain.authorizationsUsed(address)).toEqual([])
  })

  it('that falls short is topped up by the rule, once, and then made', async () => {
    const { address, bursar, katana } = await newShop({ topUp: { amount: '0.5', perDay: '2' } })
    const reply = await katana.chat.completions.create(chat)
    expect(reply.choices).toHaveLength(1)
    expect(await stack.chain.authorizationsUsed(address)).toHaveLength(1)
    expect(await list(bursar.history({ labels: { 'top-up': shop.gateway.url } }))).toHaveLength(1)
  })

  it('twenty at once on an empty balance cause one top-up', async () => {
    const { address, katana } = await newShop({ topUp: { amount: '1.5', perDay: '8' } })
    const calls = Array.from({ length: 20 }, () => katana.chat.completions.create(chat))
    expect(await Promise.all(calls)).toHaveLength(20)
    expect(await stack.chain.authorizationsUsed(address)).toHaveLength(1)
  })

  it('in two processes that share the ledger cause one top-up', async () => {
    const ledger = memoryLedger()
    const topUp = { amount: '1.5', perDay: '8' }
    const { key, address, katana } = await newShop({ topUp }, { ledger })
    const other = createBursar({
      evm: key,
      limits: { payment: '2' },
      ledger,
      rpcUrls: { [BASE]: stack.chain.rpcUrl }
    })
    const second = open(other, { topUp })
    const calls = [katana, second].flatMap(({ chat: { completions } }) =>
      Array.from({ length: 5 }, () => completions.create(chat))
    )
    expect(await Promise.all(calls)).toHaveLength(10)
    expect(await stack.chain.authorizationsUsed(address)).toHaveLength(1)
  })

  it('peers defect 1: a service that takes top-ups and credits nothing gets one, however often it is called', async () => {
    const { address, katana } = await newShop({
      topUp: { amount: '0.5', perDay: '5', cooldownMs: 0, creditWaitMs: 0 }
    })
    shop.gateway.faults.next('credit-never', { times: 100 })
    onTestFinished(() => shop.gateway.faults.clear())
    for (let attempt = 0; attempt < 5; attempt++) {
      await expect(katana.chat.completions.create(chat)).rejects.toMatchObject({
        code: 'balance/credit-delayed',
        moneyState: 'settled'
      })
    }
    expect(await stack.chain.authorizationsUsed(address)).toHaveLength(1)
  })

  it('waits for a credit that comes late', async () => {
    const { address, katana } = await newShop({ topUp: { amount: '0.5', perDay: '5' } })
    shop.gateway.faults.next('credit-delayed', { delayMs: 300 })
    expect((await katana.chat.completions.create(chat)).choices).toHaveLength(1)
    expect(await stack.chain.authorizationsUsed(address)).toHaveLength(1)
  })

  it('is not topped up beyond the rule, by day, in all, or before the cooldown has passed', async () => {
    const spendAll = async ({ katana }: Shop): Promise<unknown> => {
      for (;;) {
        const error = await katana.images
          .generate({ model: 'gen', prompt: 'A mug', aspectRatio: '1:1' }, { billing: 'wallet' })
          .then(() => undefined)
          .catch((reason: unknown) => reason)
        if (error) return error
      }
    }
    const rules = [
      [{ amount: '0.1', perDay: '0.25', cooldownMs: 0 }, 2],
      [{ amount: '0.1', perDay: '5', total: '0.15', cooldownMs: 0 }, 1],
      [{ amount: '0.1', perDay: '5', cooldownMs: 60_000 }, 1]
    ] as const
    for (const [topUp, count] of rules) {
      const shop = await newShop({ topUp })
      expect(await spendAll(shop)).toMatchObject({ code: 'balance/insufficient', moneyState: 'none' })
      expect(await stack.chain.authorizationsUsed(shop.address)).toHaveLength(count)
    }
  })

  it('takes a top-up up whose answer was lost, instead of paying for another', async () => {
    const { address, katana } = await newShop(
      { topUp: { amount: '0.5', perDay: '5', cooldownMs: 0 } },
      { resend: { times: 0 } }
    )
    shop.gateway.faults.next('answer-lost-after-settling')
    const lost = katana.chat.completions.create(chat)
    await expect(lost).rejects.toMatchObject({ code: 'payment/settled-answer-lost' })
    expect((await katana.chat.completions.create(chat)).choices).toHaveLength(1)
    expect(await stack.chain.authorizationsUsed(address)).toHaveLength(1)
  })

  it('of a service that does not answer a top-up twice is topped up once: the credit decides', async () => {
    const strict = await startGateway({ base: stack.chain, replay: 'reject' })
    onTestFinished(() => strict.stop())
    const { address, bursar } = await newShop({}, { resend: { times: 0 } })
    const topUp = { amount: '0.5', perDay: '5', cooldownMs: 0 }
    const katana = createKatana(bursar, { baseUrl: strict.url, topUp })
    strict.faults.next('answer-lost-after-settling')
    await expect(katana.chat.completions.create(chat)).rejects.toMatchObject({ moneyState: 'settled' })
    expect((await katana.chat.completions.create(chat)).choices).toHaveLength(1)
    expect(await stack.chain.authorizationsUsed(address)).toHaveLength(1)
  })

  it('is made when a top-up ahead of it does not fit the rule and what is there suffices', async () => {
    const { address, katana } = await newShop({ topUp: { amount: '0.5', perDay: '0.1', below: '1' } })
    await katana.balance.topUp('0.1')
    expect((await katana.chat.completions.create(chat)).choices).toHaveLength(1)
    expect(await stack.chain.authorizationsUsed(address)).toHaveLength(1)
  })

  it('is topped up ahead when the rule says below what', async () => {
    const { katana } = await newShop({ topUp: { amount: '0.5', perDay: '5', below: '0.2' } })
    await katana.balance.topUp('0.1')
    await katana.chat.completions.create(chat)
    expect(await katana.balance.balance()).toBe(600_000n - 520n)
  })

  it('carries its proof to the service and nowhere else', async () => {
    const { katana } = await newShop()
    await expect(katana.balance.fetch('https://elsewhere.example/v1/chat')).rejects.toMatchObject({
      code: 'proof/wrong-origin',
      moneyState: 'none'
    })
    shop.gateway.faults.next('redirect-to-other-origin', { to: 'http://127.0.0.1:1', leg: 'unpaid' })
    await expect(
      katana.balance.fetch(`${shop.gateway.url}/v1/chat/completions`, {
        method: 'POST',
        body: JSON.stringify(chat)
      })
    ).rejects.toThrow()
  })
})

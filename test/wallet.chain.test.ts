import { BASE, bursarParts, SOLANA_MAINNET } from '@bursar/core'
import { type Gateway, startGateway } from '@bursar/gateway'
import { memoryLedger } from '@bursar/ledger'
import { type Bursar, createBursar } from 'bursar'
import { auditOf } from 'bursar/audit'
import { createKatana, type Katana, type KatanaOptions } from 'bursar/katana'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { fundWallet, useStack, type Wallet } from './stack.js'

const stack = useStack()
const chat = {
  model: 'claude-haiku-4-5',
  messages: [{ role: 'user', content: 'Hi' }],
  max_tokens: 16
} as const
const accounts = [{ key: 'key', secret: 'se:cret', credits: '100' }]
let gateway: Gateway
beforeAll(async () => {
  gateway = await startGateway({ base: stack.chain, katana: { accounts } })
  return () => gateway.stop()
})

interface Shop extends Wallet {
  readonly katana: Katana
}

function open(bursar: Bursar, setup: KatanaOptions = {}): Katana {
  return createKatana(bursar, { baseUrl: gateway.url, ...setup })
}

async function newShop(setup: KatanaOptions = {}, options = {}): Promise<Shop> {
  const wallet = await fundWallet(stack, { limits: { payment: '2', total: '8' }, ...options })
  onTestFinished(() => wallet.bursar.close())
  return { ...wallet, katana: open(wallet.bursar, setup) }
}

async function list<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const found: Item[] = []
  for await (const item of items) found.push(item)
  return found
}

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
    gateway.faults.next('price-above-quote', { leg: 'unpaid' })
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
    expect(await list(bursar.history({ labels: { 'top-up': gateway.url } }))).toHaveLength(1)
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
    gateway.faults.next('credit-never', { times: 100 })
    onTestFinished(() => gateway.faults.clear())
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
    gateway.faults.next('credit-delayed', { delayMs: 300 })
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
      [{ amount: '0.1', perDay: '5' }, 1]
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
    gateway.faults.next('answer-lost-after-settling')
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
    gateway.faults.next('redirect-to-other-origin', { to: 'http://127.0.0.1:1', leg: 'unpaid' })
    await expect(
      katana.balance.fetch(`${gateway.url}/v1/chat/completions`, {
        method: 'POST',
        body: JSON.stringify(chat)
      })
    ).rejects.toThrow()
  })
})

describe('one request takes one path', () => {
  it('auto: from the balance for text, directly for images', async () => {
    const { address, katana } = await newShop({ billing: 'auto' })
    await katana.balance.topUp('1')
    await katana.chat.completions.create(chat)
    await katana.images.generate({ model: 'gen', prompt: 'A mug', aspectRatio: '1:1' })
    expect(await stack.chain.authorizationsUsed(address)).toHaveLength(2)
    expect(await katana.balance.balance()).toBe(1_000_000n - 520n)
  })

  it('key: from the account, streaming too', async () => {
    const { address, katana } = await newShop({ apiKey: 'key:se:cret' })
    const stream = await katana.chat.completions.create({ ...chat, stream: true })
    let text = ''
    for await (const { choices } of stream) text += choices?.[0]?.delta?.content ?? ''
    expect(text).toBe('You asked: Hi')
    expect(Number((await katana.account.balance()).credits)).toBeLessThan(100)
    expect(await stack.chain.authorizationsUsed(address)).toEqual([])
  })
})

describe('an account that signs payments and no texts', () => {
  it('pays directly for text too, and has no balance to prove', async () => {
    const account = privateKeyToAccount(generatePrivateKey())
    await stack.chain.mint(account.address, 1_000_000n)
    const { address, signTypedData } = account
    const bursar = createBursar({
      evm: { address, signTypedData: (data) => signTypedData(data) },
      limits: { payment: '1' },
      ledger: 'memory'
    })
    onTestFinished(() => bursar.close())
    const katana = open(bursar)
    expect((await katana.chat.completions.create(chat)).choices).toHaveLength(1)
    expect(await stack.chain.authorizationsUsed(address)).toHaveLength(1)
    await expect(katana.balance.balance()).rejects.toThrow('cannot be proven')
    const { prepaid } = await bursar.balances({ prepaid: [katana] })
    expect(prepaid).toMatchObject([{ service: 'katana', error: { code: 'signer/failed' } }])
    expect(() => createKatana(bursar, { network: SOLANA_MAINNET })).toThrow('There is no account on solana:')
    expect(() => createKatana(bursar, { topUp: { amount: '1', perDay: '2' } })).toThrow('signs texts')
  })
})

describe('the audit', () => {
  it('hold the id of a job that was bought, its model and its service', async () => {
    const { bursar, katana } = await newShop({ billing: 'direct' })
    const job = await katana.images.generate({ model: 'gen', prompt: 'A mug', aspectRatio: '1:1' })
    expect(await list(bursar.history({ job: job.requestId }))).toMatchObject([
      { labels: { service: 'katana', model: 'gen', billing: 'direct' }, state: 'settled' }
    ])
  })

  it('hold the id of a job that a balance or an account paid for, and say why', async () => {
    const { bursar, katana } = await newShop({ apiKey: 'key:se:cret' })
    await katana.balance.topUp('0.5')
    const mug = { model: 'gen', prompt: 'A mug', aspectRatio: '1:1' } as const
    for (const billing of ['key', 'wallet'] as const) {
      const { requestId } = await katana.images.generate(mug, { billing })
      expect(await list(bursar[bursarParts]().ledger.jobs({ job: requestId }))).toMatchObject([
        { labels: { model: 'gen', billing, billedBecause: `billing: '${billing}' was requested` } }
      ])
      const resumed = katana.jobs.resume(requestId, { billing })
      expect((await resumed.result()).assets).toHaveLength(1)
    }
  })

  it('count what a key is billed for, so that a limit of 0.10 USD a day stops the eleventh cent', async () => {
    const limits = { payment: '0.06', day: '0.10' }
    const { bursar, katana } = await newShop({ apiKey: 'key:se:cret' }, { limits })
    const mug = { model: 'gen', prompt: 'A mug', aspectRatio: '1:1' } as const
    let made = 0
    const more = async (): Promise<void> => {
      await katana.images.generate(mug)
      made++
    }
    while (made < 100) {
      const error = await more().catch((caught: unknown) => caught)
      if (error === undefined) continue
      expect(error).toMatchObject({ code: 'offer/over-limit', moneyState: 'none', context: { limit: 'day' } })
      break
    }
    const entries = await list(bursar.history())
    const spent = entries.reduce((sum, { offer }) => sum + offer.cost, 0n)
    expect(entries).toHaveLength(made)
    expect(spent <= 100_000n && spent + (entries[0]?.offer.cost ?? 0n) > 100_000n).toBe(true)
  })

  it('S51, Katana 79, 80 and 81: count a text by what was charged, and not by its reserve', async () => {
    const { bursar, katana } = await newShop({ apiKey: 'key:se:cret', billing: 'key' })
    const { usage } = await katana.chat.completions.create(chat)
    const [entry] = await list(bursar.history())
    const { credits_reserved, credits_charged, credits_refunded, ...more } = usage?.imgnai ?? {}
    expect([credits_reserved, credits_charged, credits_refunded]).toEqual(['10', '0.1', '9.9'])
    expect(more).toMatchObject({ billing_source: 'credits', privacy_mode: 'Anonymized' })
    const charged = Number(credits_charged) * 5200
    expect(entry).toMatchObject({ state: 'settled', labels: { billing: 'key', model: chat.model } })
    expect(Number(entry?.offer.cost)).toBeCloseTo(charged, 6)
    const stream = await katana.chat.completions.create({ ...chat, stream: true })
    for await (const chunk of stream) expect(chunk.choices).toHaveLength(1)
    expect(Number((await list(bursar.history()))[0]?.offer.cost)).toBeCloseTo(charged, 6)
  })

  it('report a top-up that was paid and that the service does not list', async () => {
    const { bursar, katana } = await newShop()
    await katana.balance.topUp('0.2')
    expect((await auditOf(bursar, { prepaid: [katana] }).reconcile()).discrepancies).toEqual([])
    gateway.faults.next('credit-never')
    await katana.balance.topUp('0.3')
    expect((await auditOf(bursar, { prepaid: [katana] }).reconcile()).discrepancies).toMatchObject([
      { kind: 'credit-missing', service: 'katana', purchase: { labels: { 'top-up-usdc': '0.3' } } }
    ])
  })

  it('show another wallet’s balance to nobody', async () => {
    const { katana } = await newShop()
    const other = '0x00000000000000000000000000000000000000aa'
    await expect(katana.balance.balance(other)).rejects.toMatchObject({
      code: 'service/refused',
      context: { status: 403 }
    })
  })

  it('report USDC, gas and the prepaid balance at once', async () => {
    const { address, bursar, katana } = await newShop()
    await katana.balance.topUp('1')
    expect(await bursar.balances({ prepaid: [katana] })).toEqual({
      wallets: [{ network: BASE, address, usdc: 10_000_000n - 1_003_938n, gas: 0n }],
      prepaid: [{ service: 'katana', origin: gateway.url, network: BASE, address, usdc: 1_000_000n }]
    })
  })

  it('report an outage with its row, and never as zero', async () => {
    const { bursar } = await newShop({}, { rpcUrls: { [BASE]: 'http://127.0.0.1:1' } })
    const { wallets } = await bursar.balances()
    expect(wallets).toMatchObject([{ network: BASE, error: { code: 'rpc/unavailable' } }])
    expect(wallets[0]).not.toHaveProperty('usdc')
  })
})

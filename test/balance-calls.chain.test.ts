import { BASE, type Purchase, parseUsdc } from '@bursar/core'
import { type Gateway, startGateway } from '@bursar/gateway'
import type { Bursar } from 'bursar'
import { totals } from 'bursar/audit'
import { createKatana, type Katana, type KatanaOptions } from 'bursar/katana'
import OpenAI from 'openai'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { fundWallet, useStack, type Wallet } from './stack.js'

const stack = useStack()
const chat = {
  model: 'claude-haiku-4-5',
  messages: [{ role: 'user', content: 'Hi' }],
  max_tokens: 16
} as const
const accounts = [{ key: 'key', secret: 'secret', credits: '100' }]
let gateway: Gateway
beforeAll(async () => {
  gateway = await startGateway({ base: stack.chain, katana: { accounts } })
  return () => gateway.stop()
})

interface Shop extends Wallet {
  readonly katana: Katana
}

async function newShop(setup: KatanaOptions = {}, limits = {}): Promise<Shop> {
  const wallet = await fundWallet(stack, { limits: { payment: '2', total: '8', ...limits } })
  onTestFinished(() => wallet.bursar.close())
  return { ...wallet, katana: createKatana(wallet.bursar, { baseUrl: gateway.url, ...setup }) }
}

async function historyOf(bursar: Bursar): Promise<Purchase[]> {
  const found: Purchase[] = []
  for await (const purchase of bursar.history()) found.push(purchase)
  return found
}

const direct = { kind: 'payment', state: 'settled', offer: { cost: 55_938n } }
const charged = { kind: 'balance', state: 'settled', call: 'answered', offer: { cost: 520n } }

describe('P56, S9, Katana 161: auto pays a text, and the record says why as it was', () => {
  it('directly where no balance is and no rule makes one', async () => {
    const { bursar, katana } = await newShop()
    expect((await katana.chat.completions.create(chat)).choices).toHaveLength(1)
    const [paid, tried] = await historyOf(bursar)
    expect(paid).toMatchObject({ ...direct, labels: { billing: 'direct', model: chat.model } })
    expect(paid?.labels.billedBecause).toBe(
      'the prepaid balance could not pay for it, so the whole reserve is charged'
    )
    expect(tried).toMatchObject({ kind: 'balance', state: 'released' })
  })

  it('from the balance where that can pay', async () => {
    const { bursar, katana } = await newShop()
    await katana.balance.topUp('0.1')
    await katana.chat.completions.create(chat)
    expect((await historyOf(bursar))[0]).toMatchObject(charged)
  })

  it('after a top-up where the rule allows one, and directly where it allows no more', async () => {
    const topUp = { amount: '0.0525', perDay: '0.06', cooldownMs: 0 }
    const { bursar, katana } = await newShop({ topUp })
    const kinds = async () =>
      (await historyOf(bursar)).filter(({ state }) => state === 'settled').map(({ kind }) => kind)
    await katana.chat.completions.create(chat)
    expect(await kinds()).toEqual(expect.arrayContaining(['payment', 'balance']))
    await katana.chat.completions.create(chat)
    expect((await kinds()).filter((kind) => kind === 'payment')).toHaveLength(2)
  })

  it('and never otherwise than it was told to', async () => {
    const { bursar, katana } = await newShop({ billing: 'wallet' })
    await expect(katana.chat.completions.create(chat)).rejects.toMatchObject({
      code: 'balance/insufficient',
      moneyState: 'none'
    })
    expect((await historyOf(bursar)).map(({ state }) => state)).toEqual(['released'])
    await katana.balance.topUp('0.1')
    await katana.chat.completions.create(chat, { billing: 'direct' })
    expect((await historyOf(bursar))[0]).toMatchObject(direct)
  })

  it('through OpenAI’s SDK as well', async () => {
    const { bursar, katana } = await newShop()
    const openai = new OpenAI({ baseURL: katana.baseURL, apiKey: 'x402', fetch: katana.openaiFetch })
    const ask = () => openai.chat.completions.create({ ...chat, messages: [...chat.messages] })
    await ask()
    expect((await historyOf(bursar))[0]).toMatchObject({ ...direct, labels: { billing: 'direct' } })
    await katana.balance.topUp('0.1')
    await ask()
    expect((await historyOf(bursar))[0]).toMatchObject(charged)
  })
})

describe('M18, P49: what a balance is charged', () => {
  it('is in the history with model, tokens and labels, and in totals beside what was paid', async () => {
    const { bursar, katana } = await newShop()
    await katana.balance.topUp('0.1')
    const bursarOptions = { bursar: { labels: { agent: 'a1' } } }
    await katana.chat.completions.create(chat, { fetchOptions: bursarOptions })
    const [row] = await historyOf(bursar)
    expect(row).toMatchObject({
      ...charged,
      path: '/v1/chat/completions',
      labels: { agent: 'a1', model: chat.model, service: 'katana', billing: 'wallet' },
      offer: { network: `balance:${BASE}` },
      tokens: { input: expect.any(Number), output: expect.any(Number) }
    })
    expect(await totals(bursar.history(), { label: 'model' })).toMatchObject([
      { keys: [chat.model], spent: 0n, fromBalance: 520n },
      { keys: ['top-up'], spent: 103_938n, fromBalance: 0n }
    ])
  })

  it('counts against the limits of its labels, before it is sent, and its top-up does not', async () => {
    const { katana } = await newShop({ billing: 'wallet' }, { perLabel: { agent: { total: '0.0525' } } })
    await katana.balance.topUp('0.5')
    const ask = (agent: string | undefined) =>
      katana.chat.completions.create(chat, {
        fetchOptions: { bursar: { labels: agent === undefined ? {} : { agent } } }
      })
    for (const agent of ['a1', 'a2', undefined]) {
      await ask(agent)
      await expect(ask(agent)).rejects.toMatchObject({
        code: 'offer/over-limit',
        moneyState: 'none',
        context: { limit: 'perLabel agent total', used: '0.00052' }
      })
    }
    expect(await katana.balance.balance()).toBe(500_000n - 3n * 520n)
  })

  it('S2: is not known above a step of the price, so that nothing is sent', async () => {
    const { katana } = await newShop({ billing: 'wallet' })
    await katana.balance.topUp('0.5')
    const long = { model: 'qwen3-6-flash', prompt: 'x'.repeat(256_001), max_tokens: 16 } as const
    await expect(katana.chat.completions.create(long)).rejects.toMatchObject({
      code: 'price/unknown',
      moneyState: 'none'
    })
    expect(await katana.balance.balance()).toBe(500_000n)
  })

  it('for an image is what was quoted', async () => {
    const { bursar, katana } = await newShop({ billing: 'wallet' })
    await katana.balance.topUp('0.1')
    const job = await katana.images.generate({ model: 'gen', prompt: 'A mug', aspectRatio: '1:1' })
    await job.result()
    const [row] = await historyOf(bursar)
    expect(row).toMatchObject({ kind: 'balance', job: job.requestId, offer: { cost: 15_600n } })
  })
})

describe('S3: a job that a key is billed for', () => {
  it('is in the record at what the finished job says, and not at what was held', async () => {
    const prices = { gen: { unit: 'image', each: parseUsdc('0.04') } } as const
    const { bursar, katana } = await newShop({ apiKey: 'key:secret', prices })
    const job = await katana.images.generate({ model: 'gen', prompt: 'x', aspectRatio: '1:1', isUhd: true })
    expect((await historyOf(bursar))[0]).toMatchObject({ state: 'settled', offer: { cost: 40_000n } })
    const { creditsSpent } = await job.result()
    expect(creditsSpent).toBe('6')
    expect((await historyOf(bursar))[0]).toMatchObject({ state: 'settled', offer: { cost: 31_200n } })
  })

  it('is so when another process resumes it, and free when it was rejected', async () => {
    const { bursar, katana } = await newShop({ apiKey: 'key:secret' })
    const mug = { model: 'gen', prompt: 'x', aspectRatio: '1:1' } as const
    const { requestId } = await katana.images.generate(mug)
    await createKatana(bursar, { baseUrl: gateway.url, apiKey: 'key:secret' }).jobs.resume(requestId).result()
    expect((await historyOf(bursar))[0]).toMatchObject({ job: requestId, offer: { cost: 15_600n } })
    const rejected = await katana.images.generate(
      { ...mug, aspectRatio: '99:1' as '1:1' },
      { validate: false }
    )
    await expect(rejected.result()).rejects.toMatchObject({ code: 'job/rejected' })
    expect((await historyOf(bursar))[0]?.offer.cost).toBe(0n)
  })
})

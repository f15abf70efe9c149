import { BASE, bursarParts } from '@bursar/core'
import { auditOf } from 'bursar/audit'
import { describe, expect, it } from 'vitest'
import { chat, list, useBalanceShop } from './balance-shop.js'

const shop = useBalanceShop()
const { newShop } = shop

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
    shop.gateway.faults.next('credit-never')
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
      prepaid: [{ service: 'katana', origin: shop.gateway.url, network: BASE, address, usdc: 1_000_000n }]
    })
  })

  it('report an outage with its row, and never as zero', async () => {
    const { bursar } = await newShop({}, { rpcUrls: { [BASE]: 'http://127.0.0.1:1' } })
    const { wallets } = await bursar.balances()
    expect(wallets).toMatchObject([{ network: BASE, error: { code: 'rpc/unavailable' } }])
    expect(wallets[0]).not.toHaveProperty('usdc')
  })
})

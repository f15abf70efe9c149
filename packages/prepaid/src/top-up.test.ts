import { BASE } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { listOf, openShop } from '../test/prepaid-shop.js'

describe('a top-up by hand', () => {
  it('S8: reports wallet, network, asset, what was credited and paid, the balance and the transaction', async () => {
    const { balance, payer } = await openShop()
    expect(await balance.topUp('0.5')).toEqual({
      wallet: payer.wallet,
      network: BASE,
      asset: '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913',
      credited: '0.5',
      paid: '0.504',
      balance: '0.5',
      transaction: `tx ${payer.wallet}-1`
    })
  })

  it('is a row of the ledger that says what it brings and to whom', async () => {
    const { balance, bursar, server } = await openShop()
    await balance.topUp('0.5')
    for await (const { labels, state } of bursar.history())
      expect([labels, state]).toEqual([{ 'top-up': server.url, 'top-up-usdc': '0.5' }, 'settled'])
  })

  it('P3: that a limit rejects says that it was a top-up, and of how much', async () => {
    const { balance, payer } = await openShop({ limits: { payment: '0.25' } })
    await expect(balance.topUp('1')).rejects.toMatchObject({
      code: 'offer/over-limit',
      moneyState: 'none',
      message: expect.stringContaining('A top-up of 1 USDC was refused')
    })
    expect(payer.signed).toEqual([])
  })

  it('of nothing is rejected before anything is asked', async () => {
    const { balance, server } = await openShop()
    for (const amount of ['0', '-1', '0.0000001', 'one'])
      await expect(balance.topUp(amount)).rejects.toMatchObject({ code: 'amount/malformed' })
    expect(server.arrivals).toEqual([])
  })

  it('that was credited to another wallet is an error that says the money is gone', async () => {
    const { balance, server } = await openShop()
    server.behaviour.creditsTo = '0x3333333333333333333333333333333333333333'
    await expect(balance.topUp('0.5')).rejects.toMatchObject({
      code: 'balance/credit-delayed',
      moneyState: 'settled',
      context: { amount: '0.5', reason: expect.stringContaining('credited to 0x3333') }
    })
  })
})

describe('a balance', () => {
  it('lists its movements newest first, page by page', async () => {
    const { balance, call } = await openShop()
    await balance.topUp('1')
    await call()
    await balance.topUp('1.1')
    const types: string[] = []
    for await (const { type, amount } of balance.transactions()) types.push(`${type} ${amount}`)
    expect(types).toEqual(['top-up 1.1', 'debit 0.9', 'top-up 1'])
  })

  it('knows which purchases are its top-ups, and which movement is the credit of each', async () => {
    const { balance, bursar } = await openShop()
    await balance.topUp('1')
    const [purchase] = await listOf(bursar.history())
    const [movement] = await listOf(balance.transactions())
    if (!purchase || !movement) throw new TypeError('Nothing was bought')
    expect(balance.isTopUp(purchase)).toBe(true)
    expect(balance.isTopUp({ ...purchase, labels: {} })).toBe(false)
    expect(balance.isCreditOf(movement, purchase)).toBe(true)
  })

  it('of an account that signs payments and no texts says so, and asks nothing', async () => {
    const { balance, server } = await openShop({ signsTexts: false })
    for (const asked of [balance.address(), balance.balance(), balance.topUp('1'), balance.fetch(server.url)])
      await expect(asked).rejects.toMatchObject({ code: 'signer/failed', moneyState: 'none' })
    expect(server.arrivals).toEqual([])
  })
})

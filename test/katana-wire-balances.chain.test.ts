import { BASE, SOLANA_MAINNET } from '@bursar/core'
import { createKatanaBalance } from '@bursar/generation/katana-balance'
import { createKatana } from 'bursar/katana'
import { describe, expect, it } from 'vitest'
import { type Challenge, chat, decode, mug, useWire } from './wire.js'

const wire = useWire()

describe('balances and accounts', () => {
  it('Katana 54, 55 and 56: a top-up names the amount alone, and is read as it was credited and paid', async () => {
    const { address, katana, legs } = await wire.newClient()
    const topUp = await katana.balance.topUp('0.5')
    expect(topUp).toMatchObject({
      wallet: address,
      network: BASE,
      credited: '0.5',
      paid: '0.503938',
      balance: '0.5'
    })
    expect(legs.filter(({ url }) => url.endsWith('/top-up')).map(({ body }) => JSON.parse(body))).toEqual([
      { amount_usdc: '0.5' },
      { amount_usdc: '0.5' }
    ])
  })

  it('Katana 57: a top-up of no amount is sent nowhere', async () => {
    const { katana, legs } = await wire.newClient()
    for (const amount of ['0', '-1', '1.0000001', '', 'one'])
      await expect(async () => katana.balance.topUp(amount)).rejects.toMatchObject({
        code: 'amount/malformed'
      })
    expect(legs).toEqual([])
  })

  it('Katana 49, 64, 66, 67, 68 and 71: a balance is read and spent by proof, and left alone by a payment', async () => {
    const { katana, legs } = await wire.newClient({ billing: 'wallet' })
    expect(await katana.balance.balance()).toBe(0n)
    await katana.balance.topUp('0.5')
    const spent = legs.length
    const { usage } = await katana.chat.completions.create(chat)
    expect(usage?.imgnai).toMatchObject({ paid_usdc: '0.00052', wallet_balance_after_usdc: '0.49948' })
    const call = legs[spent]
    expect([call?.headers.has('x-sign-in-with-x'), call?.headers.has('payment-signature')]).toEqual([
      true,
      false
    ])
    const types: string[] = []
    for await (const { type, amount } of katana.balance.transactions()) types.push(`${type} ${amount}`)
    expect(types).toEqual(['refund 0.05148', 'debit -0.052', 'top_up 0.5'])
    const reads = legs.filter(({ url }) => /\/x402\/(?:balance|transactions)\//.test(url))
    expect(reads.every(({ headers }) => headers.has('x-sign-in-with-x'))).toBe(true)
    await katana.chat.completions.create(chat, { billing: 'direct' })
    expect(await katana.balance.balance()).toBe(499_480n)
  })

  it('Katana 69 and 70: a shortfall debits nothing, and the same request goes through after a top-up', async () => {
    const { katana, legs } = await wire.newClient({ billing: 'wallet' })
    await katana.balance.topUp('0.01')
    await expect(katana.chat.completions.create(chat)).rejects.toMatchObject({
      code: 'balance/insufficient',
      context: { missing: '0.042' }
    })
    expect(await katana.balance.balance()).toBe(10_000n)
    await katana.balance.topUp('0.05')
    await katana.chat.completions.create(chat)
    const bodies = legs.filter(({ url }) => url.endsWith('/chat/completions')).map(({ body }) => body)
    expect(new Set(bodies).size).toBe(1)
  })

  it('Katana 72: a balance from Base and one from Solana are two, and each proof spends its own', async () => {
    const { bursar, katana } = await wire.newClient({ billing: 'wallet' })
    const other = createKatana(bursar, {
      baseUrl: wire.gateway.url,
      billing: 'wallet',
      network: SOLANA_MAINNET
    })
    await katana.balance.topUp('0.1')
    await other.balance.topUp('0.2')
    await other.chat.completions.create(chat)
    expect([await katana.balance.balance(), await other.balance.balance()]).toEqual([100_000n, 199_480n])
    await katana.chat.completions.create(chat)
    expect([await katana.balance.balance(), await other.balance.balance()]).toEqual([99_480n, 199_480n])
  })

  it('a balance that is looked at alone is that which is spent, and has nothing that pays or spends', async () => {
    const { bursar, katana } = await wire.newClient({ billing: 'wallet' })
    await katana.balance.topUp('0.1')
    const looked = createKatanaBalance(bursar, { baseUrl: wire.gateway.url, network: BASE })
    const { prepaid } = await bursar.balances({ prepaid: [looked] })
    expect(prepaid).toEqual((await bursar.balances({ prepaid: [katana] })).prepaid)
    expect(prepaid).toMatchObject([{ service: 'katana', usdc: 100_000n }])
    expect([Object.keys(looked.balance), Object.isFrozen(looked.balance)]).toEqual([
      ['service', 'origin', 'network', 'address', 'balance', 'isTopUp', 'transactions', 'isCreditOf'],
      true
    ])
  })

  it('Katana 73: many calls at once cannot spend the same balance twice', async () => {
    const { katana } = await wire.newClient({ billing: 'wallet' })
    await katana.balance.topUp('0.04')
    const calls = Array.from({ length: 8 }, () => katana.images.generate(mug).then(() => 'made'))
    const ends = await Promise.all(calls.map((call) => call.catch((error: { code: string }) => error.code)))
    expect(ends.sort()).toEqual([...Array(6).fill('balance/insufficient'), 'made', 'made'])
    expect(await katana.balance.balance()).toBe(40_000n - 2n * 15_600n)
  })

  it('Katana 51 and 82: a direct text costs its whole reserve, of which nothing comes back', async () => {
    const { address, katana, legs } = await wire.newClient({ billing: 'direct' })
    const payee = wire.gateway.payTo.base as `0x${string}`
    const before = await wire.stack.chain.balanceOf(payee)
    const own = await wire.stack.chain.balanceOf(address)
    const { usage } = await katana.chat.completions.create(chat)
    const { accepts } = decode<Challenge>(legs[0]?.answer.get('payment-required') ?? null)
    const reserve = BigInt(accepts[0]?.amount ?? 0)
    expect((await wire.stack.chain.balanceOf(payee)) - before).toBe(reserve)
    expect(own - (await wire.stack.chain.balanceOf(address))).toBe(reserve)
    expect(Number(usage?.total_tokens)).toBeLessThan(100)
    expect(usage?.imgnai).toMatchObject({ paid_usdc: '0.055938', billing_source: 'x402' })
    expect(Object.keys(usage?.imgnai ?? {}).filter((name) => name.startsWith('credits'))).toEqual([])
    expect(await katana.balance.balance()).toBe(0n)
  })

  it('Katana 84: a stream without a usage is in the record at its whole reserve', async () => {
    const { bursar, katana } = await wire.newClient({ apiKey: 'rich:secret' })
    wire.gateway.faults.next('usage-missing')
    for await (const _ of await katana.chat.completions.create({ ...chat, stream: true }));
    for await (const row of bursar.history())
      expect(row).toMatchObject({ kind: 'account', state: 'settled', offer: { cost: 52_000n } })
    expect((await katana.account.balance()).credits).toMatch(/^90(?:\.0)?$/)
  })

  it('Katana 21 and 85: a wrong key and an account that runs short are refused, and nothing is paid instead', async () => {
    for (const [apiKey, status] of [
      ['key:wrong', 401],
      ['key:secret', 402]
    ] as const) {
      const { address, katana } = await wire.newClient({ apiKey })
      await expect(katana.chat.completions.create(chat)).rejects.toMatchObject({
        code: 'service/refused',
        moneyState: 'none',
        context: { status }
      })
      expect(await wire.stack.chain.authorizationsUsed(address)).toEqual([])
    }
  })

  it('Katana 52, 135 and 137: the service names the job, its end is asked after no more, and another’s is not found', async () => {
    const { katana, legs } = await wire.newClient({ billing: 'direct' })
    const job = await katana.images.generate(mug)
    expect(legs[1]?.body).not.toMatch(/request_id|client_request_id/)
    expect((await job.result()).pollAfterSeconds).toBeUndefined()
    const polls = () => legs.filter(({ url }) => url.endsWith(job.requestId)).length
    const count = polls()
    await job.result()
    expect(polls()).toBe(count)
    const missing = katana.jobs.resume('00000000-0000-4000-8000-000000000000')
    await expect(missing.result()).rejects.toMatchObject({
      code: 'service/refused',
      context: { status: 404 }
    })
  })
})

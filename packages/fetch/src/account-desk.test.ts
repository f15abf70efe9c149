import { atomicUsdc, type Purchase } from '@bursar/core'
import { memoryLedger } from '@bursar/ledger'
import { describe, expect, it } from 'vitest'
import { createAccountDesk } from './account-desk.js'

const call = (most: bigint) => ({
  method: 'POST',
  url: new URL('https://api.example/v1/chat/completions?key=1'),
  most: atomicUsdc(most),
  labels: { model: 'm' }
})

async function listOf(ledger: ReturnType<typeof memoryLedger>): Promise<Purchase[]> {
  const purchases: Purchase[] = []
  for await (const purchase of ledger.history()) purchases.push(purchase)
  return purchases
}

describe('an account desk', () => {
  it('enters what a call cost, and gives the rest of what it could have cost back', async () => {
    const ledger = memoryLedger()
    const desk = createAccountDesk({ ledger, limits: { payment: '0.05', day: '0.10' } })
    const open = await desk.open(call(50_000n))
    expect(await ledger.outstanding()).toMatchObject([{ id: open.purchase, state: 'sent' }])
    await open.billed(atomicUsdc(1_234n))
    expect(await listOf(ledger)).toMatchObject([
      {
        state: 'settled',
        call: 'answered',
        path: '/v1/chat/completions',
        labels: { model: 'm' },
        offer: { dialect: 'account', network: 'account:usd', payTo: 'api.example', cost: 1_234n }
      }
    ])
  })

  it('counts a free call as nothing, and one of which nothing is known in full', async () => {
    const ledger = memoryLedger()
    const desk = createAccountDesk({ ledger, limits: { payment: '0.05', day: '0.10' } })
    await (await desk.open(call(50_000n))).free()
    await (await desk.open(call(50_000n))).billed()
    await desk.open(call(50_000n))
    await expect(desk.open(call(1n))).rejects.toMatchObject({
      code: 'offer/over-limit',
      moneyState: 'none',
      context: { limit: 'day', used: '0.1' }
    })
  })

  it('takes no answer away when the ledger fails after it, and holds the call in full', async () => {
    const ledger = memoryLedger()
    const failing = { ...ledger, advance: () => Promise.reject(new Error('disk full')) }
    const desk = createAccountDesk({ ledger: failing, limits: { payment: '0.05' } })
    const { billed, named, free } = await desk.open(call(50_000n))
    await Promise.all([billed(atomicUsdc(1n)), named('job'), free()])
    expect(await ledger.outstanding()).toMatchObject([{ state: 'sent', offer: { cost: 50_000n } }])
  })

  it('holds the limit of one payment, the hosts and the user to their word', async () => {
    const ledger = memoryLedger()
    const limits = { payment: '0.05' }
    const refusing = (more: object) => createAccountDesk({ ledger, limits, ...more }).open(call(50_000n))
    await expect(createAccountDesk({ ledger, limits }).open(call(50_001n))).rejects.toMatchObject({
      code: 'offer/over-limit',
      context: { limit: 'payment' }
    })
    await expect(refusing({ allow: { hosts: ['other.example'] } })).rejects.toMatchObject({
      code: 'request/host-refused'
    })
    await expect(refusing({ confirm: () => false })).rejects.toMatchObject({ code: 'offer/declined' })
    expect(await listOf(ledger)).toEqual([])
  })
})

import { atomicUsdc, type PurchaseOffer, systemClock } from '@bursar/core'
import { memoryLedger } from '@bursar/ledger'
import { expect, it } from 'vitest'
import { moneyWords, sumWords } from './money-words.js'
import { boughtBy } from './run-spending.js'

const bought: PurchaseOffer = {
  network: 'eip155:8453',
  dialect: 'x402-v2',
  asset: '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913',
  payTo: '0x1111111111111111111111111111111111111111',
  amountAtomic: 50_000n,
  cost: atomicUsdc(50_000n)
}
const test: PurchaseOffer = { ...bought, network: 'eip155:84532', isTest: true }
const euro: PurchaseOffer = { ...bought, token: { symbol: 'EURC', decimals: 6, rate: '1.1' } }

it('adds test money to no money, and one token to no other', () => {
  expect(sumWords([test])).toBe('0.05 USDC (test money)')
  expect(sumWords([bought, test, bought, euro, test])).toBe(
    '0.1 USDC and 0.1 USDC (test money) and 0.05 EURC'
  )
})

it('adds the most that may be taken to nothing that was', () => {
  const upto = { amountAtomic: 50_000n, cost: atomicUsdc(50_000n) }
  const taken = { ...bought, upto: { ...upto, isTaken: true as const } }
  expect(sumWords([{ ...bought, upto }, taken, bought])).toBe('up to 0.05 USDC and 0.1 USDC')
})

it('says nothing as no USDC, in a sum and of a call that bought nothing', async () => {
  expect(sumWords([])).toBe('0 USDC')
  const ledger = memoryLedger()
  const context = { ledger, clock: systemClock }
  expect(await boughtBy(context, { id: 'call-1', startedAtMs: 0 })).toMatchObject({ spent: '0 USDC' })
  await ledger.close()
})

it('says of one amount whether it is test money', () => {
  const money = { amount: '0.05', symbol: 'USDC' }
  expect([moneyWords(money), moneyWords({ ...money, isTest: true })]).toEqual([
    '0.05 USDC',
    '0.05 USDC (test money)'
  ])
})

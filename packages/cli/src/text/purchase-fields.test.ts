import { type Purchase, SignedBytes } from '@bursar/core'
import { expect, it } from 'vitest'
import { billed, payment } from '../../test/settled-change.js'
import { nextStep } from './next-step.js'
import { purchaseFields } from './purchase-fields.js'

const bytes = new SignedBytes(
  {
    ...{ network: 'eip155:8453', asset: '0xa', payer: '0xc', payTo: '0xb', amountAtomic: 10_000n },
    ...{ reference: '0xd', expiresAtSeconds: 4_000_000_000, expiry: 4_000_000_000n, payload: {} }
  },
  { name: 'PAYMENT-SIGNATURE', value: 'x' }
)

const time = (ms: number): string => new Date(ms).toISOString()
const zone = { timeZone: 'UTC' } as const

const fieldsOf = (purchase: Purchase, isLocal = false) =>
  Object.fromEntries(purchaseFields(purchase, { evidence: undefined, zone, isLocal }))

it('shows all that people read about a payment, and leaves out what it has not', () => {
  expect(fieldsOf({ ...payment, name: 'order', labels: { agent: 'a', model: 'm' } })).toMatchObject({
    Id: 'p1',
    Name: 'order',
    Kind: undefined,
    State: 'settled, answered',
    Money: 'settled',
    Amount: '0.01 USDC',
    Network: 'Base (eip155:8453)',
    Request: 'GET a.example/report',
    Redirected: undefined,
    Labels: 'agent=a\nmodel=m',
    Evidence: undefined,
    Payer: '0xc',
    Reference: '0xd',
    Next: undefined
  })
  expect(fieldsOf(billed)).toMatchObject({ Kind: 'account', Transaction: undefined })
  expect(fieldsOf({ ...payment, requestedOrigin: 'https://from.example' })).toMatchObject({
    Redirected: 'from https://from.example'
  })
})

it('links to no explorer what is on a chain of this machine', () => {
  const transaction = `0x${'ab'.repeat(32)}`
  const settled = { ...payment, transaction }
  expect(fieldsOf(settled).Transaction).toBe(`${transaction}\nhttps://basescan.org/tx/${transaction}`)
  expect(fieldsOf(settled, true)).toMatchObject({
    Network: 'Base (eip155:8453), a chain of this machine, which no explorer shows',
    Transaction: transaction
  })
})

it('says what is to be done about a paid answer that was lost, and one that no call gets', () => {
  const lost: Purchase = { ...payment, call: 'failed', endedAtMs: payment.reservedAtMs, bytes }
  expect(nextStep(lost, time)).toMatch(/its answer was lost: the same call asks for it again/)
  expect(nextStep({ ...lost, withdrawn: true }, time)).toMatch(/No call gets an answer for it/)
  expect(fieldsOf({ ...lost, withdrawn: true }).State).toMatch(/refused for another price, and sent no more/)
})

import { inspect } from 'node:util'
import pino from 'pino'
import { expect, it } from 'vitest'
import { SignedBytes } from './interfaces/signed-bytes.js'
import { loggable } from './loggable.js'

const payment = { payload: { signature: 'secret-signature' } } as never
const bytes = new SignedBytes(payment, { name: 'PAYMENT-SIGNATURE', value: 'secret-header' })
const purchase = loggable({
  id: 'p1',
  offer: { amountAtomic: 10_000n, cost: 10_000n },
  bytes,
  list: [1n, null, 'a']
})

it('P27: is written as JSON, with amounts as text and the decimal amount beside them', () => {
  expect(JSON.parse(JSON.stringify({ purchase }))).toEqual({
    purchase: {
      id: 'p1',
      offer: { amount: '0.01', amountAtomic: '10000', cost: '10000' },
      list: ['1', null, 'a']
    }
  })
})

it('P28: shows nothing of what pays to whatever prints, clones or logs it', () => {
  const lines: string[] = []
  pino({}, { write: (line) => void lines.push(line) }).info({ purchase: loggable({ purchase }) })
  const texts = [
    JSON.stringify(purchase),
    inspect(purchase, { depth: 9, showHidden: true, getters: true }),
    inspect(structuredClone(purchase), { depth: 9, showHidden: true }),
    ...lines
  ]
  for (const text of texts) {
    expect(text).toContain('p1')
    expect(text).not.toContain('secret-')
  }
})

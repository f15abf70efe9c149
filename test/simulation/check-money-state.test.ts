import { expect, it } from 'vitest'
import { checkMoneyState } from './check-money-state.js'

const nothing = { signed: [], sent: [], hasSettled: false }
const end = (moneyState: 'none' | 'signed' | 'sent' | 'settled' | 'unknown' | undefined, code = 'x') => ({
  code,
  moneyState,
  message: ''
})

it.each([
  [end('none'), { ...nothing, signed: ['p1'] }, 'p1 has settled or can'],
  [end(undefined), { ...nothing, sent: ['p1'] }, 'p1 has settled or can'],
  [end('none', 'signer/failed'), { ...nothing, sent: ['p1'] }, 'p1 has settled or can'],
  [end('signed'), { ...nothing, signed: ['p1'], sent: ['p1'] }, 'p1 was sent'],
  [end('settled'), { ...nothing, sent: ['p1'] }, 'nothing has settled']
])('finds that %j is not so where %j', (said, facts, problem) => {
  expect(checkMoneyState(said, facts)).toBe(problem)
})

it.each([
  [end('none'), nothing],
  [end('none', 'signer/failed'), { ...nothing, signed: ['p1'] }],
  [end('signed'), { ...nothing, signed: ['p1'] }],
  [end('settled'), { ...nothing, hasSettled: true }],
  [end('unknown'), { signed: ['p1'], sent: ['p1'], hasSettled: true }]
])('takes %j where %j', (said, facts) => {
  expect(checkMoneyState(said, facts)).toBeUndefined()
})

import { expect, it } from 'vitest'
import * as fetch from './index.js'
import * as undici from './undici.js'

it('exports exactly this', () => {
  expect(Object.keys(fetch).sort()).toEqual([
    'attachReceipt',
    'canonicalHost',
    'checkHostName',
    'checkOneHost',
    'createAccountMeter',
    'createPayers',
    'createPayingFetch',
    'hostLimitsChecks',
    'keepFirst',
    'limitsChecks',
    'matchesHost',
    'payingFetchChecks',
    'readSpending',
    'receiptOf',
    'rpcFetch'
  ])
  expect(Object.keys(undici)).toEqual(['paymentInterceptor'])
})

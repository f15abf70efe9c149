import { expect, it } from 'vitest'
import * as audit from './index.js'

it('exports exactly this', () => {
  expect(Object.keys(audit).sort()).toEqual([
    'auditOf',
    'csvLines',
    'distinctAccounts',
    'evidenceVerdict',
    'jsonLines',
    'payerOf',
    'purchaseRecord',
    'readBalances',
    'stateWord',
    'sumOf',
    'totals',
    'verifyReceipt',
    'watchLedger'
  ])
})

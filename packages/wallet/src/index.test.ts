import { expect, it } from 'vitest'
import * as wallet from './index.js'

it('exports exactly this', () => {
  expect(Object.keys(wallet).sort()).toEqual([
    'cancel',
    'createPrepaid',
    'csvLines',
    'jsonLines',
    'katanaPrepaid',
    'purchaseRecord',
    'reconcile',
    'totals',
    'venicePrepaid',
    'verifyReceipt'
  ])
})

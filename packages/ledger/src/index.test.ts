import { expect, it } from 'vitest'
import * as ledger from './index.js'

it('exports exactly this', () => {
  expect(Object.keys(ledger).sort()).toEqual(['applyEvent', 'memoryLedger', 'transitions'])
})

import { expect, it } from 'vitest'
import * as evm from './index.js'

it('exports exactly this', () => {
  expect(Object.keys(evm)).toEqual(['createEvmPayer'])
})

import { expect, it } from 'vitest'
import * as prepaid from './index.js'

it('exports exactly this', () => {
  expect(Object.keys(prepaid).sort()).toEqual(['createPrepaid'])
})

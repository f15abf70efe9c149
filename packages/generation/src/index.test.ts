import { expect, it } from 'vitest'
import * as generation from './index.js'

it('exports exactly this', () => {
  expect(Object.keys(generation).sort()).toEqual([
    'checkChat',
    'checkItem',
    'createKatana',
    'file',
    'katanaCatalogue',
    'unlistedModel'
  ])
})

import { expect, it } from 'vitest'
import { readSearch } from './check-model.js'

it('takes a search without errors for complete', () => {
  expect(
    readSearch('State-vector 80 byte, depth reached 189, errors: 0\n  3089421 states, stored\n')
  ).toEqual({
    states: 3_089_421,
    violated: false,
    isComplete: true
  })
})

it('sees that the promise is broken', () => {
  const output =
    'pan:1: assertion violated (settledCount<=1) (at depth 110)\nerrors: 1\n 67858 states, stored\n'
  expect(readSearch(output)).toMatchObject({ violated: true, isComplete: false })
})

it.each(['error: max search depth too small\nerrors: 0', 'pan: out of memory\nerrors: 0', ''])(
  'takes a search that was cut for none: %j',
  (output) => {
    expect(readSearch(output)).toMatchObject({ violated: false, isComplete: false })
  }
)

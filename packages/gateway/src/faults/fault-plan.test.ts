import { expect, it } from 'vitest'
import { FaultPlan } from './fault-plan.js'
import { type FaultName, faultTable } from './fault-table.js'

/** A name as plain JavaScript may pass it. */
function nextUntyped(name: string): void {
  new FaultPlan().next(name as FaultName)
}

it('P83: names every fault there is when the name is unknown', () => {
  expect(() => nextUntyped('nope')).toThrow(TypeError)
  for (const name of Object.keys(faultTable)) expect(() => nextUntyped('nope')).toThrow(name)
})

it.each([
  ['answer-lost-after-setling', 'answer-lost-after-settling'],
  ['slw', 'slow'],
  ['wrong-payer', 'wrong-payee'],
  ['credit-nevr', 'credit-never']
])('P83: for %s, names %s first', (misspelled, nearest) => {
  expect(() => nextUntyped(misspelled)).toThrow(`There is no fault "${misspelled}". There are: ${nearest}, `)
})

it('P83: a name that every object inherits is no fault', () => {
  expect(() => nextUntyped('constructor')).toThrow('There is no fault "constructor"')
})

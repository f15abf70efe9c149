import { expect, it } from 'vitest'
import { FaultPlan } from '../../faults/fault-plan.js'
import { type FacilitatorFaultName, facilitatorFaults } from './facilitator-faults.js'

const target = { method: 'POST', query: '', paid: true }

it.each<[FacilitatorFaultName, string, string[]]>([
  ['says-no', 'payment-rejected', ['/verify']],
  ['verifies-and-then-fails', 'payment-rejected', ['/settle']],
  ['settles-and-loses-the-answer', 'answer-lost-after-settling', ['/settle']],
  ['settles-and-does-not-wait', 'settlement-pending', ['/settle']],
  ['is-slow', 'slow', ['/verify', '/settle']]
])('P80: %s is %s at %j, and nowhere else', (name, fault, paths) => {
  const plan = new FaultPlan()
  facilitatorFaults(plan).next(name, { times: 2, delayMs: 5 })
  expect(plan.draw({ ...target, path: '/standard/v2/report' })).toEqual([])
  for (const path of ['/verify', '/settle'])
    expect(plan.draw({ ...target, path })).toMatchObject(paths.includes(path) ? [{ name: fault }] : [])
})

it('P83: a name that does not exist is answered with those that do, the nearest first', () => {
  const faults = facilitatorFaults(new FaultPlan())
  const next = (name: string, options = {}): void => Reflect.apply(faults.next, faults, [name, options])
  expect(() => next('settle-and-lose-the-answer')).toThrow(
    'There is no fault "settle-and-lose-the-answer". There are: settles-and-loses-the-answer, '
  )
  expect(() => next('toString')).toThrow('There is no fault "toString"')
  expect(() => next('says-no', { match: () => true })).toThrow('match')
})

import { expect, it } from 'vitest'
import { agentPolicy, limitsOfAgent } from './agent-limits.js'

it('where an agent and the proxy limit the same, the lower limit holds', () => {
  const shared = {
    payment: '0.25',
    day: '5',
    perLabel: { agent: { day: '2', total: '9' }, team: { day: '1' } }
  }
  expect(limitsOfAgent({ payment: '0.10', day: '3', hour: '1', total: '8' }, shared)).toEqual({
    payment: '0.10',
    day: '5',
    perLabel: { agent: { day: '2', total: '8', hour: '1' }, team: { day: '1' } }
  })
})

it('an agent cannot raise the limit of one payment, and one without limits has those of all', () => {
  expect(limitsOfAgent({ payment: '9' }, { payment: '0.25' })).toMatchObject({ payment: '0.25' })
  expect(limitsOfAgent({}, { payment: '0.25', total: '1' })).toEqual({
    payment: '0.25',
    total: '1',
    perLabel: { agent: {} }
  })
})

it('an agent has the limits of all agents as they are now, also where the same object has others', () => {
  const settings = { limits: { payment: '0.25', day: '5' } }
  const { currentPolicy } = agentPolicy({ day: '1' }, { ...settings, currentPolicy: () => settings })
  const agent = { perLabel: { agent: { day: '1' } } }
  expect(currentPolicy?.().limits).toEqual({ payment: '0.25', day: '5', ...agent })
  settings.limits = { payment: '0.01', day: '2' }
  expect(currentPolicy?.().limits).toEqual({ payment: '0.01', day: '2', ...agent })
})

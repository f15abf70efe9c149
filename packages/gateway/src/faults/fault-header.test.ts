import { describe, expect, it } from 'vitest'
import { parseFaultHeader } from './fault-header.js'
import { FaultPlan } from './fault-plan.js'

const paid = { method: 'GET', path: '/', query: '', paid: true }
const unpaid = { ...paid, paid: false }

describe('X-Gateway-Fault', () => {
  it('names a fault, how often, and its options', () => {
    expect(parseFaultHeader('answer-lost-after-settling')).toEqual([
      { name: 'answer-lost-after-settling', times: 1, options: {} }
    ])
    expect(parseFaultHeader('slow*2;delayMs=50;leg=paid, settlement-pending;lands=false')).toEqual([
      { name: 'slow', times: 2, options: { delayMs: 50, leg: 'paid' } },
      { name: 'settlement-pending', times: 1, options: { lands: false } }
    ])
    expect(parseFaultHeader('redirect-to-other-origin;to=http://127.0.0.1:9/a?b=c')).toMatchObject([
      { options: { to: 'http://127.0.0.1:9/a?b=c' } }
    ])
  })

  it.each([
    '',
    'no-such-fault',
    'slow*',
    'slow;delayMs=soon',
    'slow;colour=red',
    'toString',
    'redirect-to-other-origin'
  ])('rejects %j, so that a test that misspells a fault does not pass', (text) => {
    expect(() => parseFaultHeader(text)).toThrow(expect.objectContaining({ status: 400 }))
  })
})

describe('the plan', () => {
  it('gives a fault to the next arrivals on its leg, as often as it was armed', () => {
    const plan = new FaultPlan()
    plan.next('answer-lost-after-settling', { times: 2 })
    expect(plan.draw(unpaid)).toEqual([])
    expect(plan.draw(paid)).toHaveLength(1)
    expect(plan.draw(paid)).toHaveLength(1)
    expect(plan.draw(paid)).toEqual([])
  })

  it('gives one of each name at a time, so that arming twice means two arrivals', () => {
    const plan = new FaultPlan()
    plan.next('slow')
    plan.next('slow')
    plan.next('answer-cut')
    expect(plan.draw(paid).map(({ name }) => name)).toEqual(['slow', 'answer-cut'])
    expect(plan.draw(paid).map(({ name }) => name)).toEqual(['slow'])
  })

  it('holds a fault for the request that it is meant for', () => {
    const plan = new FaultPlan()
    plan.next('slow', { match: ({ path }) => path === '/wanted' })
    expect(plan.draw(paid)).toEqual([])
    expect(plan.draw({ ...paid, path: '/wanted' })).toHaveLength(1)
  })

  it('is empty once cleared, and refuses to arm for no request', () => {
    const plan = new FaultPlan()
    plan.next('slow')
    plan.clear()
    expect(plan.draw(paid)).toEqual([])
    expect(() => plan.next('slow', { times: 0 })).toThrow(TypeError)
  })

  it('counts for each request by itself how often it had the fault that it asks for', () => {
    const plan = new FaultPlan()
    const asked = parseFaultHeader('answer-lost-after-settling*2')
    const draws = (request: typeof paid, key: string): number =>
      plan.drawRequested(asked, request, key).length
    expect([draws(unpaid, 'a'), draws(paid, 'a'), draws(paid, 'a'), draws(paid, 'a')]).toEqual([0, 1, 1, 0])
    expect(draws(paid, 'b')).toBe(1)
  })
})

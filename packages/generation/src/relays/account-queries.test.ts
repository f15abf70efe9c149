import { systemClock } from '@bursar/core'
import { expect, it } from 'vitest'
import { unreachable } from '../shared/service/service-error.js'
import { createAccountQueries } from './account-queries.js'

const account = { pricing: '/pricing', subscription: '/subscription', usage: '/usage' } as never
const listed = { data: [{ model_name: 'gpt', quota_type: 1, model_price: 0.5 }] }

it('asks for prices that could not be had again in a minute, and for those that were had in an hour', async () => {
  let [nowMs, reads, isDown] = [0, 0, true]
  const operation = { name: 'pricing' } as never
  const failed = { service: 'tokenhot', operation, moneyState: 'none', origin: 'https://a.example' } as const
  const read = async () => {
    reads++
    if (isDown) throw unreachable(failed, new Error('down'))
    return { body: listed }
  }
  const clock = { ...systemClock, nowMs: () => nowMs }
  const { priceOf } = createAccountQueries({ name: 'tokenhot', account }, { read } as never, clock)
  expect(await priceOf('gpt')).toBeUndefined()
  isDown = false
  nowMs = 59_000
  expect(await priceOf('gpt')).toBeUndefined()
  nowMs = 61_000
  expect(await priceOf('gpt')).toEqual({ unit: 'call', each: 500_000n })
  nowMs = 60 * 60_000
  await priceOf('gpt')
  expect(reads).toBe(2)
})

import type { ServicePayment, UsdcAmount } from '@bursar/core'
import { expectTypeOf, it } from 'vitest'
import type { Call } from './flow/call.js'
import { type BursarFetch, createPayingFetch, type Limits } from './index.js'

it('is a fetch wherever a fetch is asked for', () => {
  expectTypeOf<BursarFetch>().toExtend<typeof fetch>()
})

it('cannot be made without a limit per payment, and takes no number for money', () => {
  // @ts-expect-error limits are required
  createPayingFetch({ payers: [], ledger: {} as never })
  // @ts-expect-error payment is required
  expectTypeOf<{ day: '1' }>().toExtend<Limits>()
  // @ts-expect-error a number is not an amount
  expectTypeOf<number>().toExtend<UsdcAmount>()
  // @ts-expect-error a bare bigint has no unit
  expectTypeOf<bigint>().toExtend<UsdcAmount>()
})

it('takes everything that a service may say of a payment of its own', () => {
  expectTypeOf<keyof ServicePayment>().toExtend<keyof Call['options']>()
  expectTypeOf<ServicePayment>().toExtend<Call['options']>()
})

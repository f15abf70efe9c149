import { atomicUsdc, BursarError, type Ledger } from '@bursar/core'
import { memoryLedger } from '@bursar/ledger'
import { expect, it } from 'vitest'
import { paying, rejection } from '../test/paying.js'
import { priced } from '../test/priced-server.js'
import { challengeOf, serve } from '../test/scripted-server.js'
import type { GuardOptions } from './policy/policy-options.js'

const asks = async (): Promise<Response> => Response.json(challengeOf(), { status: 402 })
const wide: GuardOptions = { limits: { payment: '1' } }

it('holds a payment to what the policy says now, and not to what it said at the start', async () => {
  let now = wide
  const { bursar, payer } = paying({ fetch: asks, ...wide, currentPolicy: () => now })
  now = { limits: { payment: '0.0001' } }
  expect(await rejection(bursar.fetch('https://pay.test/a'))).toMatchObject({ code: 'offer/over-limit' })
  now = { ...wide, allow: { hosts: ['other.test'] } }
  expect(await rejection(bursar.fetch('https://pay.test/a'))).toMatchObject({ code: 'request/host-refused' })
  expect(payer.signed).toEqual([])
})

it.each<[string, GuardOptions, string]>([
  ['a lower limit', { limits: { payment: '0.0001' } }, 'offer/over-limit'],
  ['a limit on a sum', { limits: { payment: '1', day: '0.0001' } }, 'offer/over-limit'],
  ['other hosts', { ...wide, allow: { hosts: ['other.test'] } }, 'request/host-refused'],
  ['other networks', { ...wide, allow: { networks: ['eip155:1'] } }, 'offer/none-usable']
])(
  '%s that is set while the user is asked holds for the payment that is asked about',
  async (_, stricter, code) => {
    let now = wide
    const confirm = () => {
      now = stricter
      return true
    }
    now = { ...wide, confirm }
    const { bursar, payer } = paying({ fetch: asks, ...wide, currentPolicy: () => now })
    expect(await rejection(bursar.fetch('https://pay.test/a'))).toMatchObject({ code })
    expect(payer.signed).toEqual([])
  }
)

it('asks for the host again where an equal call was waited for, or the server answered a remembered price late', async () => {
  let now = wide
  const stricter = { ...wide, allow: { hosts: ['other.test'] } }
  const ledger = memoryLedger()
  const slow: Ledger = {
    ...ledger,
    resume: (query) => {
      now = stricter
      return ledger.resume(query)
    }
  }
  const waiting = paying({ fetch: asks, ledger: slow, ...wide, currentPolicy: () => now })
  expect(await rejection(waiting.bursar.fetch('https://pay.test/a'))).toMatchObject({
    code: 'request/host-refused'
  })
  expect(waiting.payer.signed).toEqual([])

  now = wide
  let price = '10000'
  const server = await serve((arrival, response, index) => {
    if (arrival.payment && price === '20000') now = stricter
    return priced(() => price)(arrival, response, index)
  })
  const { bursar, payer } = paying({ offers: 'remember', ...wide, currentPolicy: () => now })
  await bursar.fetch(server.url)
  price = '20000'
  expect(await rejection(bursar.fetch(server.url))).toMatchObject({
    code: 'payment/refused',
    message: expect.stringContaining('request/host-refused')
  })
  expect(payer.signed.map(({ amountAtomic }) => amountAtomic)).toEqual([10_000n, 10_000n])
})

it('pays where what holds is said anew at each look, with a confirmation of its own', async () => {
  let asked = 0
  const currentPolicy = (): GuardOptions => ({
    ...wide,
    limits: { payment: atomicUsdc(1_000_000n) },
    confirm: () => {
      asked++
      return true
    }
  })
  const { bursar, payer } = paying({ fetch: asks, ...wide, currentPolicy })
  expect(await rejection(bursar.fetch('https://pay.test/a'))).toMatchObject({ code: 'payment/refused' })
  expect([payer.signed.length, asked]).toEqual([1, 1])
})

it('holds a payment to limits that are changed where they are', async () => {
  const now = { limits: { payment: '1' } }
  const { bursar, payer } = paying({ fetch: asks, ...wide, currentPolicy: () => now })
  await rejection(bursar.fetch('https://pay.test/a'))
  now.limits.payment = '0.0001'
  expect(await rejection(bursar.fetch('https://pay.test/b'))).toMatchObject({ code: 'offer/over-limit' })
  expect(payer.signed).toHaveLength(1)
})

it('signs nothing while what holds cannot be read', async () => {
  const { bursar, payer } = paying({
    fetch: asks,
    ...wide,
    currentPolicy: () => {
      throw new BursarError('policy/unreadable', {
        message: 'It cannot be read.',
        context: { path: '/policy.json', reason: 'it is empty' },
        moneyState: 'none'
      })
    }
  })
  const code = 'policy/unreadable'
  expect(await rejection(bursar.fetch('https://pay.test/a'))).toMatchObject({ code, moneyState: 'none' })
  expect(payer.signed).toEqual([])
})

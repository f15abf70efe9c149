import type { SettlementStatus, SignedPayment } from '@bursar/core'
import { expect, it } from 'vitest'
import { paying, rejection } from '../../test/paying.js'
import { challenge, type Script, serve } from '../../test/scripted-server.js'

/** Takes every payment, and loses its answer. */
const losing: Script = (arrival, response) =>
  arrival.payment === undefined ? challenge(response) : void response.socket?.destroy()

it('M41: recovering asks the chain in bounded batches, and reports each payment', async () => {
  const server = await serve(losing)
  const { bursar, payer } = paying({ resend: { times: 0 } })
  const count = 45
  const calls = Array.from({ length: count }, (_, index) => rejection(bursar.fetch(`${server.url}/${index}`)))
  for (const error of await Promise.all(calls)) expect(error).toMatchObject({ moneyState: 'sent' })
  const batches: number[] = []
  const getSettlementStatuses = async (_: string, payments: readonly SignedPayment[]) => {
    batches.push(payments.length)
    return payments.map((): SettlementStatus => ({ status: 'settled', transaction: '0x1' }))
  }
  let single = 0
  payer.getSettlementStatus = async () => {
    single++
    return { status: 'settled' }
  }
  Object.assign(payer, { getSettlementStatuses })
  const recovered = await bursar.recover()
  expect(recovered).toHaveLength(count)
  expect(new Set(recovered.map(({ purchase }) => purchase.id)).size).toBe(count)
  expect(new Set(recovered.map(({ outcome }) => outcome))).toEqual(new Set(['settled']))
  expect([batches.sort(), single]).toEqual([[20, 20, 5].sort(), 0])
})

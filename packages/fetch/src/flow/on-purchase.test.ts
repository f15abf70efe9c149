import { memoryLedger } from '@bursar/ledger'
import { describe, expect, it, vi } from 'vitest'
import { paying, rejection } from '../../test/paying.js'
import { payable, serve } from '../../test/scripted-server.js'

describe('onPurchase', () => {
  it('is told what the ledger calls the purchase, before its payment is sent', async () => {
    const told: string[] = []
    const server = await serve(payable)
    const { bursar } = paying({})
    const answer = await bursar.fetch(server.url, {
      bursar: { onPurchase: (id) => told.push(`${id} after ${server.arrivals.length}`) }
    })
    expect(told).toEqual([`${bursar.receiptOf(answer)?.purchase} after 1`])
  })

  it('is told of the payment that a call carries on, which an earlier one made', async () => {
    const told: string[] = []
    const said = { bursar: { onPurchase: (id: string) => told.push(id) } }
    const ledger = memoryLedger()
    const server = await serve((arrival, response, index) =>
      index === 1 ? void response.socket?.destroy() : payable(arrival, response, index)
    )
    const { bursar, payer } = paying({ ledger, resend: { times: 0 } })
    await rejection(bursar.fetch(server.url, said))
    await bursar.fetch(server.url, said)
    expect(told).toHaveLength(2)
    expect([new Set(told).size, payer.signed.length]).toEqual([1, 1])
  })

  it('is not told of what is free, nor of what a limit refuses', async () => {
    const told = vi.fn()
    const server = await serve((arrival, response, index) =>
      index === 0 ? void response.end('free') : payable(arrival, response, index)
    )
    const { bursar, payer } = paying({ limits: { payment: '0.000001' } })
    const said = { bursar: { onPurchase: told } }
    await bursar.fetch(server.url, said)
    await rejection(bursar.fetch(server.url, said))
    expect([told.mock.calls, payer.signed]).toEqual([[], []])
  })

  it('cannot make a call fail', async () => {
    const warned = vi.spyOn(process, 'emitWarning').mockImplementation(() => {})
    const server = await serve(payable)
    const { bursar } = paying({})
    const onPurchase = () => {
      throw new Error('of the caller')
    }
    expect((await bursar.fetch(server.url, { bursar: { onPurchase } })).status).toBe(200)
    expect(warned.mock.calls[0]?.[0]).toContain('onPurchase, which failed: Error: of the caller')
    warned.mockRestore()
  })
})

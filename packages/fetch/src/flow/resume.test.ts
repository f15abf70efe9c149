import { memoryLedger } from '@bursar/ledger'
import { describe, expect, it } from 'vitest'
import { paying, rejection } from '../../test/paying.js'
import { RecordingPayer } from '../../test/recording-payer.js'
import { payable, serve } from '../../test/scripted-server.js'
import { StoppedClock } from '../../test/stopped-clock.js'

/** Another bursar on a ledger in which the answer to a payment was lost, and how often its chain is asked. */
async function afterLost() {
  const clock = new StoppedClock()
  const ledger = memoryLedger({ clock })
  const server = await serve((arrival, response, index) =>
    index === 1 ? void response.socket?.destroy() : payable(arrival, response, index)
  )
  const first = paying({ clock, ledger, resend: { times: 0 } })
  first.payer.nowMs = () => clock.nowMs()
  await rejection(first.bursar.fetch(server.url))
  // What it watches in the background would be known before it is asked for again.
  await first.bursar.close()
  const { bursar, payer } = paying({ clock, ledger })
  payer.nowMs = () => clock.nowMs()
  const chain = { asked: 0 }
  payer.getSettlementStatus = async () => {
    chain.asked++
    return { status: 'dead' }
  }
  return { clock, chain, payer, firstPayer: first.payer, again: () => bursar.fetch(server.url) }
}

describe('an equal call', () => {
  it('sends what can still settle again without a look at the chain', async () => {
    const { chain, payer, again } = await afterLost()
    expect((await again()).status).toBe(200)
    expect([chain.asked, payer.signed.length]).toEqual([0, 0])
  })

  it('asks the chain about what is over, and pays anew where that is dead', async () => {
    const { clock, chain, payer, again } = await afterLost()
    clock.advance(301_000)
    expect((await again()).status).toBe(200)
    expect([chain.asked, payer.signed.length]).toEqual([1, 1])
  })

  it.each([
    ['open', 1],
    ['outage', 1],
    ['dead', 2],
    ['settled', 2]
  ] as const)(
    'asks the chain before it pays for what an hour ago was unresolved, and where that is %s, %s are signed',
    async (status, signed) => {
      const { clock, payer, firstPayer, again } = await afterLost()
      clock.advance(3_600_000)
      payer.getSettlementStatus = RecordingPayer.prototype.getSettlementStatus
      payer.status = status
      expect((await again()).status).toBe(200)
      expect(firstPayer.signed.length + payer.signed.length).toBe(signed)
    }
  )
})

import { memoryLedger } from '@bursar/ledger'
import { describe, expect, it } from 'vitest'
import { paying, rejection } from '../../test/paying.js'
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
  return { clock, chain, payer, again: () => bursar.fetch(server.url) }
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
})

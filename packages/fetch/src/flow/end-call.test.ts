import { BursarError, type Clock, type Ledger, type PurchaseEvent } from '@bursar/core'
import { memoryLedger } from '@bursar/ledger'
import { expect, it } from 'vitest'
import { until } from '../../../../test/until.js'
import { paying } from '../../test/paying.js'
import { challenge, payable, serve } from '../../test/scripted-server.js'
import { StoppedClock } from '../../test/stopped-clock.js'

/** A clock that counts who waits for it in the background. */
class CountingClock extends StoppedClock {
  waits = 0

  override sleep(ms: number, signal?: AbortSignal, options?: SleepOptions): Promise<void> {
    if (options?.keepsAlive === false) this.waits++
    return super.sleep(ms, signal)
  }
}

type SleepOptions = Parameters<Clock['sleep']>[2]

/** A ledger in which these events cannot be written. */
function losing(...types: readonly PurchaseEvent['type'][]): Ledger {
  const inner = memoryLedger()
  return {
    ...inner,
    async recordEvent(id, event) {
      if (!types.includes(event.type)) return inner.recordEvent(id, event)
      throw new BursarError('ledger/unavailable', {
        message: 'The disk is full.',
        context: { reason: 'the disk is full' },
        moneyState: 'none'
      })
    }
  }
}

it('asks the chain about nothing in the background that its receipt has settled', async () => {
  const clock = new CountingClock()
  const server = await serve(payable)
  const { bursar, payer, events } = paying({ clock })
  payer.nowMs = () => clock.nowMs()
  let asked = 0
  payer.getSettlementStatus = async () => {
    asked++
    return { status: 'settled' }
  }
  const answered = (): number => events.filter(({ type }) => type === 'answered').length
  // By the end of the second, what the end of the first has begun is known.
  for (const count of [1, 2]) {
    await (await bursar.fetch(server.url)).text()
    await until(() => answered() === count)
  }
  expect([asked, clock.waits]).toEqual([0, 0])
})

it('asks the chain about what was sent, also where the ledger knows it as signed alone', async () => {
  const clock = new CountingClock()
  const server = await serve(({ payment }, response) =>
    payment ? void response.end('paid') : challenge(response)
  )
  const { bursar, payer, events } = paying({ clock, ledger: losing('sent', 'answered') })
  payer.nowMs = () => clock.nowMs()
  payer.status = 'settled'
  await (await bursar.fetch(server.url)).text()
  await until(() => clock.waits > 0)
  clock.advance(10_000)
  await until(() => events.some(({ type }) => type === 'settled'))
})

import { BursarError, type Ledger } from '@bursar/core'
import { memoryLedger } from '@bursar/ledger'
import { expect, it } from 'vitest'
import { until } from '../../../../test/until.js'
import { paying, rejection } from '../../test/paying.js'
import { challenge, offer, serve } from '../../test/scripted-server.js'
import { StoppedClock } from '../../test/stopped-clock.js'

/** A ledger that does not take a second signature. */
function refusingReissues(inner: Ledger): Ledger {
  return {
    ...inner,
    async recordEvent(id, event, options) {
      if (event.type !== 'reissued') return inner.recordEvent(id, event, options)
      throw new BursarError('ledger/unavailable', {
        message: 'Its disk is full.',
        context: { reason: 'its disk is full' },
        moneyState: 'none'
      })
    }
  }
}

it('says that it was signed again when the ledger may not have the new signature, and sends nothing', async () => {
  const server = await serve((_, response) => challenge(response, [offer], { error: 'too late' }))
  const { bursar, payer } = paying({ ledger: refusingReissues(memoryLedger()) })
  payer.status = 'dead'
  expect(await rejection(bursar.fetch(server.url))).toMatchObject({
    code: 'payment/refused',
    moneyState: 'signed',
    context: { reference: payer.signed.at(1)?.reference }
  })
  expect(payer.signed).toHaveLength(2)
  expect(server.paid()).toHaveLength(1)
})

it('M40: discards what was signed again for a caller who gives up before it is sent', async () => {
  const server = await serve((_, response) => challenge(response, [offer], { error: 'too late' }))
  const ledger = memoryLedger()
  const { bursar, payer } = paying({ ledger })
  payer.status = 'dead'
  const controller = new AbortController()
  bursar.on('signed', () => {
    if (payer.signed.length === 2) controller.abort()
  })
  expect(await rejection(bursar.fetch(server.url, { signal: controller.signal }))).toMatchObject({
    code: 'payment/aborted',
    context: { reference: payer.signed.at(1)?.reference }
  })
  expect(server.paid()).toHaveLength(1)
  await expect.poll(() => ledger.outstanding()).toEqual([])
  await rejection(bursar.fetch(server.url))
  // Not the second, but a new one, and one in its place.
  expect(payer.signed).toHaveLength(4)
})

it('M40: discards what was signed again for a caller who gives up while the ledger writes it', async () => {
  const server = await serve((_, response) => challenge(response, [offer], { error: 'too late' }))
  const inner = memoryLedger()
  const controller = new AbortController()
  const { bursar, payer } = paying({
    ledger: {
      ...inner,
      async recordEvent(id, event, options) {
        const recorded = await inner.recordEvent(id, event, options)
        if (event.type !== 'reissued') return recorded
        payer.status = 'open'
        controller.abort()
        return recorded
      }
    }
  })
  payer.status = 'dead'
  expect(await rejection(bursar.fetch(server.url, { signal: controller.signal }))).toMatchObject({
    code: 'payment/aborted'
  })
  await expect.poll(() => inner.outstanding()).toEqual([])
  expect(payer.signed).toHaveLength(2)
  expect(server.paid()).toHaveLength(1)
})

it('X118: a wallet that never signs again is waited for five minutes, and the error says that nothing was paid', async () => {
  const server = await serve((_, response) => challenge(response, [offer], { error: 'too late' }))
  const clock = new StoppedClock()
  const { bursar, payer } = paying({ clock, timeouts: { replacementMs: 0 } })
  payer.status = 'dead'
  payer.nowMs = () => clock.nowMs()
  payer.signing = () => (payer.signed.length === 0 ? Promise.resolve() : new Promise(() => {}))
  const failing = rejection(bursar.fetch(server.url))
  await until(() => payer.prepared === 2)
  clock.advance(300_000)
  expect(await failing).toMatchObject({ code: 'payment/refused', moneyState: 'none' })
})

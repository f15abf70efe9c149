import { BursarError, type Ledger } from '@bursar/core'
import { memoryLedger } from '@bursar/ledger'
import { expect, it } from 'vitest'
import { paying, rejection } from '../../test/paying.js'
import { challenge, offer, serve } from '../../test/scripted-server.js'

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

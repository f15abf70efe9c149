import { type Clock, systemClock } from '@bursar/core'
import { memoryLedger } from '@bursar/ledger'
import { expect, it } from 'vitest'
import { paying, rejection } from '../../test/paying.js'
import { challenge, offer, serve } from '../../test/scripted-server.js'

const other = `0x${'3'.repeat(40)}`

it('has no other account sign what a slow wallet was asked for: an equal call would pay again', async () => {
  let nowMs = Date.now()
  const clock: Clock = { ...systemClock, nowMs: () => nowMs }
  const ledger = memoryLedger()
  // Settles and loses the answer.
  const server = await serve(({ payment }, response) =>
    payment ? void response.socket?.destroy() : challenge(response)
  )
  const { bursar, payer } = paying({ clock, ledger, resend: { times: 0 } })
  payer.nowMs = clock.nowMs
  payer.validitySeconds = 60
  payer.signing = async () => {
    if (payer.signed.length > 0) return
    // The user looks for the window, and chooses another account in it.
    nowMs += 90_000
    payer.account = other
  }
  expect(await rejection(bursar.fetch(server.url))).toMatchObject({
    code: 'signer/failed',
    moneyState: 'signed',
    message: expect.stringMatching(/another account by now.* discarded\. Nothing was sent/)
  })
  await rejection(bursar.fetch(server.url))
  // After a reload of the page, which asks the wallet for its account again.
  const reloaded = paying({ ledger, resend: { times: 0 } })
  reloaded.payer.account = other
  await rejection(reloaded.bursar.fetch(server.url))
  // What was sent is one payment, of the account that is there now.
  expect(new Set(server.paid().map(({ payment }) => payment)).size).toBe(1)
  expect(await ledger.outstanding()).toMatchObject([{ payer: other, authorization: { payer: other } }])
})

it('has no other account sign in place of what came too late', async () => {
  const server = await serve((_, response) => challenge(response, [offer], { error: 'too late' }))
  const { bursar, payer } = paying()
  payer.getSettlementStatus = async () => {
    payer.account = other
    return { status: 'dead' }
  }
  expect(await rejection(bursar.fetch(server.url))).toMatchObject({
    code: 'payment/refused',
    moneyState: 'none',
    cause: { code: 'signer/failed' }
  })
  expect([payer.signed.length, server.paid().length]).toEqual([1, 1])
})

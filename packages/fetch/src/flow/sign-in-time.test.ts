import { type Clock, systemClock } from '@bursar/core'
import { memoryLedger } from '@bursar/ledger'
import { describe, expect, it } from 'vitest'
import { until } from '../../../../test/until.js'
import { paying, rejection } from '../../test/paying.js'
import { challenge, offer, payable, serve, settle } from '../../test/scripted-server.js'

const START_MS = 1_800_000_000_000

/** A wallet that takes so many seconds for each signature, of payments that live for a minute. */
async function slowWallet(seconds: readonly number[], maxValiditySeconds = 300) {
  let nowMs = START_MS
  const server = await serve(payable)
  const ledger = memoryLedger()
  const clock = { ...systemClock, nowMs: () => nowMs }
  const made = paying({ ledger, clock, maxValiditySeconds })
  const { payer } = made
  payer.validitySeconds = 60
  payer.nowMs = clock.nowMs
  payer.signing = async () => {
    nowMs += 1000 * (seconds[payer.signed.length] ?? 0)
  }
  return { ...made, ledger, server, nowMs: clock.nowMs }
}

describe('X118: a slow signer', () => {
  it.each([0, 10, 52])(
    'is asked once where it takes %d s of the minute that a payment lives',
    async (took) => {
      const { bursar, payer, server } = await slowWallet([took])
      expect((await bursar.fetch(server.url)).status).toBe(200)
      expect([payer.signed.length, server.paid().length]).toEqual([1, 1])
    }
  )

  it.each([53, 70, 180])(
    'that takes %d s signs once more, and what is sent has its minute left',
    async (took) => {
      const { bursar, payer, server, ledger, nowMs } = await slowWallet([took, took])
      const response = await bursar.fetch(server.url)
      expect(response.status).toBe(200)
      expect([payer.prepared, payer.signed.length, server.paid().length]).toEqual([2, 2, 1])
      // The first signature is on no wire and in no record.
      const purchase = await ledger.find({ id: bursar.receiptOf(response)?.purchase ?? '' })
      expect(purchase).toMatchObject({ authorization: { reference: payer.signed[1]?.reference } })
      expect((payer.signed[1]?.expiresAtSeconds ?? 0) * 1000 - nowMs()).toBe(60_000)
    }
  )

  it('that takes longer than a payment may live is told how long it took, and nothing is sent or reserved', async () => {
    const { bursar, payer, server, ledger } = await slowWallet([90, 90, 90], 60)
    expect(await rejection(bursar.fetch(server.url))).toMatchObject({
      code: 'signer/failed',
      moneyState: 'signed',
      message: expect.stringMatching(
        /it took 90 s each time, .*raise maxValiditySeconds. What it signed is discarded. Nothing was sent/
      )
    })
    expect([payer.signed.length, server.paid().length]).toEqual([3, 0])
    expect(await ledger.outstanding()).toEqual([])
  })

  it.each([
    ['whose caller gives up while the payment is prepared anew', 'payment/aborted'],
    ['whose payment cannot be prepared anew', 'signer/failed'],
    ['that refuses when it is asked again', 'signer/failed']
  ] as const)('%s: the error says that something was signed, and nothing is sent', async (what, code) => {
    const { bursar, payer, server, ledger } = await slowWallet([90])
    const controller = new AbortController()
    const prepare = payer.prepare.bind(payer)
    payer.prepare = async (offer, terms) => {
      const prepared = await prepare(offer, terms)
      if (payer.signed.length === 0) return prepared
      if (what.startsWith('whose payment')) throw new TypeError('down')
      if (what.startsWith('that refuses'))
        return { ...prepared, sign: () => Promise.reject(new TypeError('no')) }
      controller.abort(new Error(what))
      return new Promise(() => {})
    }
    const error = await rejection(bursar.fetch(server.url, { signal: controller.signal }))
    expect(error).toMatchObject({ code, moneyState: 'signed' })
    await expect.poll(async () => (await ledger.outstanding()).length).toBe(0)
    expect([payer.signed.length, server.paid().length]).toEqual([1, 0])
  })

  it('pays with half of the time left where the user lets a payment live for ten seconds only', async () => {
    const { bursar, payer, server } = await slowWallet([5], 10)
    expect((await bursar.fetch(server.url)).status).toBe(200)
    expect(payer.signed).toHaveLength(1)
  })
})

it.each(['a payment', 'a sign-in'])(
  'a caller who gives up on a wallet that is asked for %s leaves no timer',
  async (what) => {
    const server = await serve((arrival, response) =>
      arrival.payment
        ? settle(response)
        : challenge(response, [offer], { extensions: { 'sign-in-with-x': {} } })
    )
    let timers = 0
    const clock: Clock = {
      ...systemClock,
      async sleep(ms, signal, options) {
        if (ms >= 300_000) timers++
        await systemClock.sleep(ms, signal, options).finally(() => {
          if (ms >= 300_000) timers--
        })
      }
    }
    const never = () => new Promise<never>(() => {})
    const signIn = what === 'a sign-in' ? ('always' as const) : false
    const { bursar, payer } = paying({ clock, signIn, proofs: { createProof: never } })
    payer.signing = never
    const controller = new AbortController()
    const failing = rejection(bursar.fetch(server.url, { signal: controller.signal }))
    await until(() => timers > 0)
    controller.abort()
    await failing
    await until(() => timers === 0)
  }
)

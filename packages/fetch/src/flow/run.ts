import type { Challenge } from '@bursar/core'
import { fingerprint as fingerprintOf } from '../request/fingerprint.js'
import { fateOf } from './ask-chain.js'
import { billsElsewhere, checkRequest } from './check-request.js'
import { type Choice, chooseOffer } from './choose-offer.js'
import { commit, unwritten } from './commit.js'
import { deliver, type Remake } from './deliver.js'
import type { Call, Desk } from './desk.js'
import { discover } from './discover.js'
import { announce } from './move.js'
import { readChallenge } from './read-challenge.js'
import { readyPayment } from './ready-payment.js'
import { takeUp } from './resume.js'
import { aborted } from './send-paid.js'

/**
 * One call, from the unpaid request to the answer. Anything but a 402 of x402's goes back untouched.
 *
 * @throws {BursarError} see each step
 */
export async function run(desk: Desk, started: Call): Promise<Response> {
  const { answer, call, platformFollowed } = await discover(desk, started)
  if (answer.status !== 402 || platformFollowed) return answer.toResponse()
  const challenge = await readChallenge(answer, desk.registry)
  if (!challenge || billsElsewhere(call.request, challenge.dialect.name)) return answer.toResponse()
  const drained = answer.discard()
  desk.emit(() => ({ type: 'challenged', atMs: desk.clock.nowMs(), host: call.request.url.host }))
  checkRequest(desk, call.request)
  const fingerprint = await fingerprintOf(started.request, desk.sha256, call.options.tenant)
  const unresolved = await takeUp(desk, call, fingerprint)
  if (unresolved) return deliver(desk, call, unresolved, { resumed: true })
  const choice = await chooseOffer(desk, call, challenge)
  const signed = await commit(desk, call, fingerprint, challenge, choice)
  await drained
  return deliver(desk, call, signed, { resumed: false, remake: remakerOf(desk, call, challenge, choice) })
}

/** Makes a payment anew when the server's reason is that its blockhash came too late. */
function remakerOf(desk: Desk, call: Call, challenge: Challenge, choice: Choice): Remake {
  return async (purchase, reason) => {
    if (!/blockhash.?not.?found/i.test(reason ?? '')) return undefined
    // What cannot be loaded leaves the payment as it is.
    const loaded = await import('./remake.js').catch(() => undefined)
    const remade = await loaded?.remakeStale(desk, {
      purchase,
      signal: call.request.signal,
      prove: () => fateOf(desk, purchase),
      ready: () => readyPayment(desk, call, challenge, choice, purchase.payment),
      aborted,
      unwritten
    })
    if (remade) announce(desk, 'signed', remade)
    return remade
  }
}

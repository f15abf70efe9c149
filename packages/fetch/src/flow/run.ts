import { fingerprint as fingerprintOf } from '../request/fingerprint.js'
import { billsElsewhere, checkRequest } from './check-request.js'
import { chooseOffer } from './choose-offer.js'
import { commit, replace } from './commit.js'
import { deliver } from './deliver.js'
import type { Call, Desk } from './desk.js'
import { discover } from './discover.js'
import { readChallenge } from './read-challenge.js'
import type { Remake } from './remake.js'
import { takeUp } from './resume.js'

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
  const fingerprint = await fingerprintOf(call.request, desk.sha256, call.options.claimant)
  const unresolved = await takeUp(desk, call, fingerprint)
  if (unresolved) return deliver(desk, call, unresolved, { resumed: true })
  const choice = await chooseOffer(desk, call, challenge)
  const signed = await commit(desk, call, fingerprint, challenge, choice)
  await drained
  const remake: Remake = (dead) => replace(desk, call, challenge, choice, dead)
  return deliver(desk, call, signed, { resumed: false, remake })
}

import type { Clock, RandomBytes } from '@bursar/core'
import { ActiveFaults } from './faults/active-faults.js'
import type { FaultTarget } from './faults/fault.js'
import { FAULT_HEADER, parseFaultHeader } from './faults/fault-header.js'
import type { DrawnFault, FaultPlan } from './faults/fault-plan.js'
import { isPaid } from './paid-leg.js'
import { type Answer, withHeaders } from './server/answer.js'
import { type Arrival, fingerprintOf, headFingerprint } from './server/arrival.js'
import { allowOrigins, answerPreflight } from './server/cors.js'
import { findRoute, type Route } from './server/route.js'

/** What answering takes. */
export interface DispatchContext {
  readonly routes: readonly Route[]
  readonly plan: FaultPlan
  readonly clock: Clock
  readonly random: RandomBytes
  readonly sleep: (ms: number) => Promise<void>
}

/**
 * Finds the route of a request, draws its faults, and answers.
 *
 * @throws {HttpProblem} whatever the route throws.
 */
export async function dispatch(context: DispatchContext, arrival: Arrival): Promise<Answer> {
  const preflight = answerPreflight(arrival)
  if (preflight) return allowOrigins(arrival, preflight)
  const found = findRoute(context.routes, arrival)
  if ('status' in found) return allowOrigins(arrival, found)
  const { route, params } = found
  const paid = isPaid(arrival)
  const request: FaultTarget = { method: arrival.method, path: arrival.path, query: arrival.query, paid }
  const drawn = route.sells || route.misbehaves ? await drawFaults(context, route, request, arrival) : []
  const { random, sleep, clock } = context
  const faults = new ActiveFaults(drawn, { request, random, sleep })
  const answer = (await faults.onArrival()) ?? (await route.handle({ arrival, params, paid, faults }))
  const nowMs = clock.nowMs() + faults.clockOffsetSeconds() * 1000
  return allowOrigins(arrival, withHeaders(answer, { Date: new Date(nowMs).toUTCString() }))
}

async function drawFaults(
  { plan }: DispatchContext,
  route: Route,
  request: FaultTarget,
  arrival: Arrival
): Promise<readonly DrawnFault[]> {
  const armed = plan.draw(request)
  const header = arrival.header(FAULT_HEADER)
  if (header === undefined) return armed
  return [
    ...armed,
    ...plan.drawRequested(parseFaultHeader(header), request, await requestKey(route, request, arrival))
  ]
}

/** What tells one request from another, without reading a body that an unpaid request need not send. */
async function requestKey(route: Route, request: FaultTarget, arrival: Arrival): Promise<string> {
  if (route.sells === 'by-path' && !request.paid) return headFingerprint(arrival)
  if (route.sells === 'by-body') await arrival.body.whole()
  return fingerprintOf(arrival)
}

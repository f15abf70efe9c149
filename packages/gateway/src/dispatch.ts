import type { Clock, RandomBytes } from '@bursar/core'
import { ActiveFaults } from './faults/active-faults.js'
import type { FaultTarget } from './faults/fault.js'
import { FAULT_HEADER, parseFaultHeader } from './faults/fault-header.js'
import type { DrawnFault, FaultPlan } from './faults/fault-plan.js'
import { isPaid } from './payment/is-paid.js'
import { allowOrigins, answerPreflight } from './server/cors.js'
import { fingerprintOf, type HttpRequest, headFingerprint } from './server/request.js'
import { type HttpResponse, withHeaders } from './server/response.js'
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
 * @throws {HttpError} whatever the route throws.
 */
export async function dispatch(context: DispatchContext, request: HttpRequest): Promise<HttpResponse> {
  const preflight = answerPreflight(request)
  if (preflight) return allowOrigins(request, preflight)
  const found = findRoute(context.routes, request)
  if ('status' in found) return allowOrigins(request, found)
  const { route, params } = found
  const paid = isPaid(request)
  const target: FaultTarget = { method: request.method, path: request.path, query: request.query, paid }
  const drawn = route.sells || route.misbehaves ? await drawFaults(context, route, target, request) : []
  const { random, sleep, clock } = context
  const faults = new ActiveFaults(drawn, { target, random, sleep })
  const response = (await faults.onRequest()) ?? (await route.handle({ request, params, paid, faults }))
  const nowMs = clock.nowMs() + faults.clockOffsetSeconds() * 1000
  return allowOrigins(request, withHeaders(response, { Date: new Date(nowMs).toUTCString() }))
}

async function drawFaults(
  { plan }: DispatchContext,
  route: Route,
  target: FaultTarget,
  request: HttpRequest
): Promise<readonly DrawnFault[]> {
  const armed = plan.draw(target)
  const header = request.header(FAULT_HEADER)
  if (header === undefined) return armed
  return [
    ...armed,
    ...plan.drawRequested(parseFaultHeader(header), target, await requestKey(route, target, request))
  ]
}

/** What tells one request from another, without reading a body that an unpaid request need not send. */
async function requestKey(route: Route, target: FaultTarget, request: HttpRequest): Promise<string> {
  if (route.sells === 'by-path' && !target.paid) return headFingerprint(request)
  if (route.sells === 'by-body') await request.body.whole()
  return fingerprintOf(request)
}

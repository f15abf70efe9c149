import { ActiveFaults } from './faults/active-faults.js'
import { FAULT_HEADER, parseFaultHeader } from './faults/fault-header.js'
import type { FaultTarget } from './faults/fault-options.js'
import type { DrawnFault, FaultPlan } from './faults/fault-plan.js'
import { isPaid } from './payment/is-paid.js'
import type { GatewayRuntime } from './runtime.js'
import { allowOrigins, preflightResponse } from './server/cors.js'
import { fingerprintOf, type HttpRequest, headFingerprint } from './server/request.js'
import { type HttpResponse, withHeaders } from './server/response.js'
import { findRoute, type Route } from './server/route.js'

/** What dispatching needs. */
export interface DispatchContext {
  readonly routes: readonly Route[]
  readonly plan: FaultPlan
  readonly runtime: GatewayRuntime
}

/**
 * Finds the route of a request, decides which faults apply, and runs the route.
 *
 * @throws {HttpError} what the route throws.
 */
export async function dispatch(context: DispatchContext, request: HttpRequest): Promise<HttpResponse> {
  const preflight = preflightResponse(request)
  if (preflight) return allowOrigins(request, preflight)
  const found = findRoute(context.routes, request)
  if ('status' in found) return allowOrigins(request, found)
  return allowOrigins(request, await run(context, request, found))
}

async function run(
  { plan, runtime }: DispatchContext,
  request: HttpRequest,
  { route, params }: { readonly route: Route; readonly params: readonly string[] }
): Promise<HttpResponse> {
  const paid = route.leg === 'paid' || isPaid(request)
  const target = { method: request.method, path: request.path, query: request.query, paid }
  const takesFaults = route.sells !== undefined || route.takesFaults === true
  const drawn = takesFaults ? await drawFaults(plan, request, { route, target }) : []
  const faults = new ActiveFaults(drawn, { target, random: runtime.random, sleep: runtime.sleep })
  const response = (await faults.onRequest()) ?? (await route.handle({ request, params, paid, faults }))
  const nowMs = runtime.nowMs() + faults.clockOffsetSeconds() * 1000
  return withHeaders(response, { Date: new Date(nowMs).toUTCString() })
}

async function drawFaults(
  plan: FaultPlan,
  request: HttpRequest,
  { route, target }: { readonly route: Route; readonly target: FaultTarget }
): Promise<readonly DrawnFault[]> {
  const armed = plan.draw(target)
  const header = request.header(FAULT_HEADER)
  if (header === undefined) return armed
  const key = await requestKey(route, target, request)
  return [...armed, ...plan.drawRequested(parseFaultHeader(header), target, key)]
}

/** Identifies a request, without reading a body that an unpaid request need not send. */
async function requestKey(route: Route, target: FaultTarget, request: HttpRequest): Promise<string> {
  if (route.sells === 'by-path' && !target.paid) return headFingerprint(request)
  if (route.sells === 'by-body') await request.body.whole()
  return fingerprintOf(request)
}

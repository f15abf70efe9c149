import type { ActiveFaults } from '../faults/active-faults.js'
import type { HttpRequest } from './request.js'
import { errorResponse, type HttpResponse, withHeaders } from './response.js'

/** What a route is given of one request. */
export interface RequestContext {
  readonly request: HttpRequest
  /** What the groups of the route's pattern matched. */
  readonly params: readonly string[]
  /** Whether the request carries a payment. */
  readonly paid: boolean
  readonly faults: ActiveFaults
}

/** One endpoint of the gateway. */
export interface Route {
  readonly methods: readonly string[]
  readonly path: RegExp
  /**
   * Set on routes that cost money: what the price depends on. A route that sells by path answers 402 without
   * reading the body. Faults apply to routes that cost money.
   */
  readonly sells?: 'by-body' | 'by-path'
  /** The leg that faults see. Default: `paid` when the request has a payment header, else `unpaid`. */
  readonly leg?: 'paid'
  /** Set on routes that cost nothing and to which faults apply all the same. */
  readonly takesFaults?: boolean
  handle(incoming: RequestContext): Promise<HttpResponse> | HttpResponse
}

/** Finds the route of a request, or builds the response that there is none. */
export function findRoute(
  routes: readonly Route[],
  { method, path }: HttpRequest
): { readonly route: Route; readonly params: readonly string[] } | HttpResponse {
  const allowed: string[] = []
  for (const route of routes) {
    const match = route.path.exec(path)
    if (!match) continue
    if (route.methods.includes(method)) return { route, params: match.slice(1) }
    allowed.push(...route.methods)
  }
  if (allowed.length === 0) return errorResponse(404, 'not_found', 'There is nothing here.')
  const response = errorResponse(405, 'method_not_allowed', `Use ${allowed.join(' or ')}.`)
  return withHeaders(response, { Allow: allowed.join(', ') })
}

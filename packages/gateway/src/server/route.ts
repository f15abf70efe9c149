import type { ActiveFaults } from '../faults/active-faults.js'
import type { HttpRequest } from './request.js'
import { errorResponse, type HttpResponse, withHeaders } from './response.js'

/** What a route is given. */
export interface RequestContext {
  readonly request: HttpRequest
  /** The parts of the path that the pattern leaves open, by position. */
  readonly params: readonly string[]
  readonly paid: boolean
  readonly faults: ActiveFaults
}

/** One thing that the gateway does. */
export interface Route {
  readonly methods: readonly string[]
  readonly path: RegExp
  /**
   * Whether it costs, and what the price depends on. Faults take hold of routes that cost. One whose price
   * does not depend on the body answers 402 without reading it.
   */
  readonly sells?: 'by-body' | 'by-path'
  /** Whether faults take hold of it though it costs nothing. */
  readonly misbehaves?: boolean
  handle(incoming: RequestContext): Promise<HttpResponse> | HttpResponse
}

/** The route of a request, or the answer that there is none. */
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

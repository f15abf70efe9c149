import { readModels } from '@bursar/generation/carriers'
import { RequestProblem } from '@bursar/local-server'
import type { Bursar } from 'bursar'
import type { ProxyService, ThroughRequest } from './proxy-service.js'
import type { ServiceCall } from './service-call.js'

const MODELS_TIMEOUT_MS = 5_000

/** Any service that asks to be paid by x402. Requests go through as they are, and what it asks for is paid within the limits. */
export function upstreamService(bursar: Pick<Bursar, 'fetch'>, baseUrl: string): ProxyService {
  const base = baseUrl.replace(/\/+$/, '')
  const passThrough = async (
    { method, target, headers, bytes }: ThroughRequest,
    { labels, purchase, signal, onPurchase }: ServiceCall
  ): Promise<Response> => {
    const named = purchase === undefined ? {} : { purchase }
    return bursar.fetch(urlUnder(base, target), {
      method,
      headers,
      signal,
      ...(bytes.byteLength > 0 ? { body: bytes } : {}),
      bursar: {
        labels: { ...labels, service: new URL(base).host },
        tenant: `proxy ${labels.agent}`,
        onPurchase,
        ...named
      }
    })
  }
  return {
    models: () => readModels(`${base}/v1/models`, { timeoutMs: MODELS_TIMEOUT_MS }),
    complete: notHere,
    images: notHere,
    forward: async () => undefined,
    poll: () => undefined,
    passThrough
  }
}

/** @throws {RequestProblem} 404 for a path that leads out of the upstream's own. */
function urlUnder(base: string, target: string): string {
  const url = new URL(base + target)
  const { origin, pathname } = new URL(base)
  if (url.origin === origin && `${url.pathname}/`.startsWith(pathname.replace(/\/?$/, '/'))) return url.href
  throw new RequestProblem({
    status: 404,
    code: 'not_found',
    message: 'There is no such path at the upstream'
  })
}

/** Requests go through, and are not translated. */
async function notHere(): Promise<never> {
  throw new RequestProblem({ status: 404, code: 'not_found', message: 'The upstream is not translated to' })
}

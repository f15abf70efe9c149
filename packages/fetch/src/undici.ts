import { bursarParts } from '@bursar/core'
import type { Dispatcher } from 'undici'
import type { Bursar } from './bursar.js'
import { ResponseForwarder } from './transport/response-forwarder.js'
import { sendThrough } from './transport/undici-transport.js'

/**
 * An undici interceptor that pays, for code that composes its own dispatcher.
 *
 * @example
 * ```ts
 * import { Agent, request } from 'undici'
 *
 * const dispatcher = new Agent().compose(paymentInterceptor(bursar))
 * await request('https://kat.imgnai.com/v1/chat/completions', { dispatcher, method: 'POST', body })
 * ```
 * @throws {TypeError} when the bursar was not made by this package.
 */
export function paymentInterceptor(bursar: Bursar): Dispatcher.DispatcherComposeInterceptor {
  const parts = bursar[bursarParts]?.()
  if (!parts) throw new TypeError('paymentInterceptor needs what createBursar returned')
  const { sendThrough: through } = parts
  return (dispatch) => (options, handler) => {
    const forwarder = new ResponseForwarder(handler)
    through({ send: (outgoing) => sendThrough({ dispatch }, outgoing) }, urlOf(options), {
      method: options.method,
      headers: headerPairs(options.headers),
      ...(options.body == null ? {} : { body: options.body }),
      // The composed dispatcher handles redirects itself.
      redirect: 'manual',
      signal: forwarder.signal
    }).then(
      (response) => forwarder.forward(response),
      (error: unknown) => forwarder.fail(error)
    )
    return true
  }
}

/** Origin and path as undici joins them: a path of `//host` stays a path. */
function urlOf({ origin, path, query }: Dispatcher.DispatchOptions): string {
  const search = query ? new URLSearchParams(query).toString() : ''
  return `${String(origin).replace(/\/$/, '')}${path}${search ? `${path.includes('?') ? '&' : '?'}${search}` : ''}`
}

function headerPairs(headers: Dispatcher.DispatchOptions['headers']): [string, string][] {
  if (!headers) return []
  if (Array.isArray(headers)) {
    const flat = headers.map(String)
    return flat.flatMap((name, index): [string, string][] =>
      index % 2 === 0 ? [[name, flat[index + 1] ?? '']] : []
    )
  }
  const entries = Symbol.iterator in headers ? [...headers] : Object.entries(headers)
  return entries.flatMap(([name, value]): [string, string][] => {
    if (value === undefined) return []
    return Array.isArray(value)
      ? value.map((each): [string, string] => [name, each])
      : [[name, String(value)]]
  })
}

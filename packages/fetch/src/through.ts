import type { Bursar, BursarRequestInit } from './bursar.js'
import type { Transport } from './transport/transport.js'

/** Runs a call through a transport other than the bursar's own. */
export type Through = (transport: Transport, url: string, init: BursarRequestInit) => Promise<Response>

const doors = new WeakMap<object, Through>()

/** Lets adapters such as the undici interceptor run calls of a bursar, out of its public face. */
export function openThrough(bursar: Bursar, through: Through): Bursar {
  doors.set(bursar, through)
  return bursar
}

/** @throws {TypeError} when the bursar was not made by this package. */
export function throughOf(bursar: Bursar): Through {
  const through = doors.get(bursar)
  if (!through) throw new TypeError('paymentInterceptor needs what createBursar returned')
  return through
}

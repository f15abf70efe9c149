import { BursarError, type Dialect } from '@bursar/core'
import { type CapturedRequest, headerOf } from '../request/captured-request.js'
import type { Desk } from './desk.js'

/** Katana takes exactly one way of billing a request; these choose another than paying per call. */
const katanaAccountHeaders = ['x-api-key', 'authorization']

/**
 * Whether a 402 to this request asks for something else than the price of the call: one that is billed to
 * a prepaid balance or an account is answered 402 when that runs low, and wants a top-up.
 */
export function billsElsewhere(request: CapturedRequest, dialect: Dialect['name']): boolean {
  if (headerOf(request, 'x-sign-in-with-x') !== undefined) return true
  return dialect === 'katana' && katanaAccountHeaders.some((name) => headerOf(request, name) !== undefined)
}

/**
 * Refuses to pay over plain http to another machine, or to a host that is not allowed.
 *
 * @throws {BursarError} `request/insecure`, `request/host-refused`
 */
export function checkRequest(desk: Desk, { url }: CapturedRequest): void {
  const { host } = url
  if (url.protocol !== 'https:' && !isLoopback(url.hostname)) {
    throw new BursarError('request/insecure', {
      message: `${host} was asked over plain http, where payments can be read. Use https. Nothing was signed.`,
      context: { host },
      moneyState: 'none'
    })
  }
  if (!desk.policy.allowsHost(host)) {
    throw new BursarError('request/host-refused', {
      message: `${host} is not in allow.hosts. Nothing was signed.`,
      context: { host },
      moneyState: 'none'
    })
  }
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname)
}
